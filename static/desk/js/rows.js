// Ordered lists in the story form: add, remove and move rows with buttons or Alt+Arrow. Without this file the numbers
// and check boxes of each row do the same.

const TEXT = {
  up: window.gettext ? window.gettext("Move up") : "Move up",
  down: window.gettext ? window.gettext("Move down") : "Move down",
  remove: window.gettext ? window.gettext("Remove") : "Remove",
};

function button(name, sign) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "row-button";
  made.dataset.row = name;
  made.title = TEXT[name];
  made.setAttribute("aria-label", TEXT[name]);
  made.textContent = sign;
  return made;
}

function isFilled(row) {
  return Boolean(row.querySelector("select")?.value);
}

function changed() {
  document.dispatchEvent(new CustomEvent("desk:rows-changed"));
}

function prepare(row) {
  const tools = row.querySelector(".row-tools");
  tools.append(button("up", "↑"), button("down", "↓"), button("remove", "×"));
}

function number(list) {
  const rows = [...list.querySelectorAll(":scope > .row:not([hidden])")];
  rows.forEach((row, index) => {
    row.querySelector('input[name$="-ORDER"]').value = index + 1;
    row.querySelector('[data-row="up"]').disabled = index === 0;
    row.querySelector('[data-row="down"]').disabled = index === rows.length - 1;
  });
}

function move(row, step) {
  const list = row.parentElement;
  const rows = [...list.querySelectorAll(":scope > .row:not([hidden])")];
  const other = rows[rows.indexOf(row) + step];
  if (!other) {
    return;
  }
  if (step < 0) {
    other.before(row);
  } else {
    other.after(row);
  }
  number(list);
  changed();
}

function remove(row) {
  const list = row.parentElement;
  const rows = [...list.querySelectorAll(":scope > .row:not([hidden])")];
  const next = rows[rows.indexOf(row) + 1] || rows[rows.indexOf(row) - 1];
  const wasFilled = isFilled(row);
  row.querySelector('input[name$="-DELETE"]').checked = true;
  row.hidden = true;
  number(list);
  (next?.querySelector('[data-row="remove"]') || list.parentElement.querySelector("[data-add]")).focus();
  if (wasFilled) {
    changed();
  }
}

function add(fieldset) {
  const list = fieldset.querySelector(".rows-list");
  const spare = list.querySelector(":scope > .row.is-spare");
  if (spare) {
    spare.classList.remove("is-spare");
    spare.hidden = false;
    number(list);
    spare.querySelector(".select2-selection")?.focus();
    return;
  }
  const total = fieldset.querySelector('input[name$="-TOTAL_FORMS"]');
  const html = fieldset.querySelector("template").innerHTML.replaceAll("__prefix__", total.value);
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const row = holder.content.querySelector(".row");
  list.append(row);
  total.value = Number(total.value) + 1;
  prepare(row);
  number(list);
  // Django's own script makes an autocomplete of the new select.
  row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: fieldset.dataset.rows } }));
  row.querySelector(".select2-selection")?.focus();
}

for (const fieldset of document.querySelectorAll("[data-rows]")) {
  const list = fieldset.querySelector(".rows-list");
  fieldset.classList.add("is-scripted");
  fieldset.querySelector(".rows-foot").hidden = false;
  for (const row of list.querySelectorAll(":scope > .row")) {
    prepare(row);
    // The empty row is for browsers without scripts; here it waits for the button.
    if (!isFilled(row) && !row.classList.contains("has-problem")) {
      row.hidden = true;
      row.classList.add("is-spare");
    } else if (row.querySelector('input[name$="-DELETE"]').checked) {
      row.hidden = true;
    }
  }
  number(list);

  fieldset.querySelector("[data-add]").addEventListener("click", () => add(fieldset));
  list.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-row]");
    const row = event.target.closest(".row");
    if (!pressed || !row) {
      return;
    }
    if (pressed.dataset.row === "remove") {
      remove(row);
    } else {
      move(row, pressed.dataset.row === "up" ? -1 : 1);
      (pressed.disabled ? row.querySelector("[data-row]:not(:disabled)") : pressed).focus();
    }
  });
  list.addEventListener("keydown", (event) => {
    const row = event.target.closest(".row");
    if (row && event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      const focused = document.activeElement;
      move(row, event.key === "ArrowUp" ? -1 : 1);
      focused.focus();
    }
  });
}
