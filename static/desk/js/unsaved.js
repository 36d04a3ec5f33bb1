// Warn before what somebody typed is lost, and save with Ctrl+S or Cmd+S.

const form = document.getElementById("story-form");

if (form) {
  const mark = form.querySelector("[data-unsaved-mark]");
  const textarea = form.querySelector("#id_body");
  const field = form.querySelector(".field-body");
  let isUnsaved = false;
  let isSaving = false;

  const note = () => {
    isUnsaved = true;
    if (mark) {
      mark.hidden = false;
    }
  };

  // The editor writes into the hidden text area and tells nobody, so look whether what somebody does there changes it.
  const watch = () => {
    const before = textarea.value;
    setTimeout(() => {
      if (textarea.value !== before) {
        note();
      }
    }, 120);
  };

  form.addEventListener("input", note);
  form.addEventListener("change", note);
  document.addEventListener("desk:rows-changed", note);
  for (const event of ["keydown", "beforeinput", "paste", "cut", "drop", "click"]) {
    field?.addEventListener(event, watch, { capture: true });
  }
  // Select2 and pop-up windows speak jQuery only. While the page loads, Django's own scripts say "change" for nothing.
  window.addEventListener("load", () => {
    setTimeout(() => window.django?.jQuery(form).on("change", note), 0);
  });

  if (form.hasAttribute("data-unsaved")) {
    note();
  }

  form.addEventListener("submit", () => {
    isSaving = true;
  });

  window.addEventListener("pageshow", () => {
    isSaving = false;
  });

  window.addEventListener("beforeunload", (event) => {
    if (isUnsaved && !isSaving) {
      event.preventDefault();
      event.returnValue = form.dataset.warning;
    }
  });

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      const button = form.querySelector('.card-save button[name="_save"]');
      if (button && !button.disabled) {
        form.requestSubmit(button);
      }
    }
  });
}
