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

  // Who comes back to this page finds what they had typed in its fields. The editor was there before it and shows it not.
  const restore = () => {
    const isTyped = (box) => box.type !== "hidden" && box.value !== box.defaultValue;
    if (isUnsaved || ![...form.querySelectorAll("input[type=text], textarea")].some(isTyped)) {
      return;
    }
    note();
    const editor = field?.querySelector(".ProseMirror[contenteditable]")?.editor;
    if (editor && isTyped(textarea)) {
      editor.commands.setContent(textarea.value);
    }
  };
  window.addEventListener("load", () => setTimeout(restore, 50));

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
