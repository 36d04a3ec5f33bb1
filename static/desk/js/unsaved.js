// Warn before what somebody typed is lost, and save with Ctrl+S or Cmd+S.

const form = document.getElementById("story-form");

if (form) {
  const mark = form.querySelector("[data-unsaved-mark]");
  let isUnsaved = false;
  let isSaving = false;

  const note = () => {
    isUnsaved = true;
    if (mark) {
      mark.hidden = false;
    }
  };

  // Widgets set themselves up with events of their own; what a person does comes after the page has settled.
  const listen = () => {
    form.addEventListener("input", note);
    form.addEventListener("change", note);
    document.addEventListener("desk:rows-changed", note);
    // Select2 speaks jQuery only.
    if (window.django && window.django.jQuery) {
      window.django.jQuery(form).on("change", note);
    }
    watchBody();
  };

  const watchBody = () => {
    const body = form.querySelector(".field-body .ProseMirror");
    if (!body) {
      return;
    }
    for (const event of ["input", "paste", "cut", "drop", "keyup"]) {
      body.addEventListener(event, compare);
    }
    form.querySelector(".field-body .prose-menubar")?.addEventListener("click", () => setTimeout(compare, 50));
  };

  const textarea = form.querySelector("#id_body");
  let first = null;
  const compare = () => {
    setTimeout(() => {
      if (textarea.value !== first) {
        note();
      }
    }, 0);
  };

  const begin = () => {
    first = textarea ? textarea.value : null;
    listen();
  };

  if (form.hasAttribute("data-unsaved")) {
    note();
  }
  // Both must have happened: the page's scripts set their widgets up on "load", the editor when it is ready.
  const isReady = new Promise((ready) => {
    form.addEventListener("prose-editor:ready", ready, { once: true });
    if (!textarea || form.querySelector(".field-body .prose-menubar")) {
      ready();
    }
    setTimeout(ready, 4000);
  });
  const isLoaded = new Promise((loaded) => {
    if (document.readyState === "complete") {
      loaded();
    } else {
      window.addEventListener("load", loaded, { once: true });
    }
  });
  Promise.all([isReady, isLoaded]).then(() => setTimeout(begin, 0));

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
