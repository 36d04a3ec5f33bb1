// Name for screen readers what scripts make: the editor, Select2's stand-ins for selects, two-sided lists.

function labelOf(element) {
  const label = element.labels?.[0] || document.querySelector(`label[for="${element.id}"]`) || unseenLabelOf(element);
  if (label && !label.id) {
    label.id = `${element.id}_label`;
  }
  return label;
}

// In a table only the column has a visible name, and a field says its own.
function unseenLabelOf(element) {
  const name = element.getAttribute("aria-label");
  const there = document.getElementById(`${element.id}_label`);
  if (!name || there) {
    return there;
  }
  const label = document.createElement("span");
  label.hidden = true;
  label.textContent = name;
  element.parentElement.append(label);
  return label;
}

function nameSelect(select) {
  const label = labelOf(select);
  const box = select.nextElementSibling;
  if (!label || !box?.classList.contains("select2")) {
    return;
  }
  const shown = box.querySelector(".select2-selection__rendered");
  for (const element of [box.querySelector(".select2-selection"), shown?.tagName === "SPAN" ? shown : null]) {
    element?.setAttribute("aria-labelledby", [label.id, shown?.id].filter(Boolean).join(" "));
  }
  box.querySelector(".select2-search__field")?.setAttribute("aria-labelledby", label.id);
}

function nameAll(root) {
  root.querySelectorAll("select.select2-hidden-accessible").forEach(nameSelect);
  // Django's two-sided lists say what their filter is for on an icon, which has no role that may have a name.
  root.querySelectorAll(".selector-filter span[aria-label]").forEach((icon) => icon.setAttribute("role", "img"));
}

function nameEditor() {
  const textarea = document.getElementById("id_body");
  const editor = document.querySelector(".field-body .ProseMirror[contenteditable]");
  const label = textarea && document.querySelector(".body-head label");
  if (editor && label) {
    label.id = "id_body_label";
    editor.setAttribute("aria-labelledby", label.id);
    label.addEventListener("click", () => editor.focus());
  }
}

window.addEventListener("load", () => setTimeout(() => nameAll(document), 0));
document.addEventListener("formset:added", (event) => setTimeout(() => nameAll(event.target), 0));
document.addEventListener("prose-editor:ready", nameEditor);
window.addEventListener("load", nameEditor);
