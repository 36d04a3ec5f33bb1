// Lists of the panel whose items stay the same elements while nothing about them changes, so that nothing jumps under a
// pointer and the keyboard stays where it is.

import { crel } from "django-prose-editor/editor";
import { placeOf } from "desk/copy/marks";
import { button, gettext, interpolate, ngettext } from "desk/copy/text";

// Show the items, each `{ id, … }`, in a list; `make(item)` returns a list item's content.
export function list(element, items, make) {
  const before = new Map([...element.children].map((child) => [child.dataset.id, child]));
  const focused = document.activeElement?.closest?.("li[data-id]");
  const was = focused && element.contains(focused) ? [focused.dataset.id, document.activeElement.dataset.act] : null;
  const children = items.map((item) => {
    const said = JSON.stringify(item);
    const old = before.get(String(item.id));
    if (old?.said === said) {
      return old;
    }
    const child = crel("li", { className: "found", "data-id": String(item.id) }, make(item));
    child.said = said;
    if (old?.querySelector("details[open]")) {
      child.querySelector("details")?.setAttribute("open", "");
    }
    return child;
  });
  if (children.length !== element.children.length || children.some((child, place) => element.children[place] !== child)) {
    element.replaceChildren(...children);
  }
  element.hidden = !items.length;
  if (was && !element.contains(document.activeElement)) {
    const again = children.find((child) => child.dataset.id === was[0]);
    again?.querySelector(`[data-act="${was[1]}"]`)?.focus();
  }
}

// Take an item away at once, before the desk has answered, and put the keyboard on the next one.
export function leave(item, otherwise) {
  const next = item.nextElementSibling || item.previousElementSibling;
  item.remove();
  (next?.querySelector("button") || otherwise).focus();
}

export function act(name, text, press, options = {}) {
  const made = button(text, { ...options, press });
  made.dataset.act = name;
  return made;
}

// The words with what stands around them; pressed, they are selected in the text.
export function place(panel, spot) {
  const { before, words, after } = spot;
  const shown = crel("button", { type: "button", className: "found-place", title: gettext("Show it in the text") }, [
    before,
    crel("mark", { textContent: words }),
    after,
  ]);
  shown.dataset.act = `place-${spot.id}`;
  shown.addEventListener("click", () => {
    const now = placeOf(panel.editor, spot.id, spot.words);
    if (now) {
      panel.editor.chain().focus().setTextSelection(now).scrollIntoView().run();
    }
  });
  for (const [event, ids] of Object.entries({
    mouseenter: [spot.id],
    focus: [spot.id],
    mouseleave: [],
    blur: [],
  })) {
    shown.addEventListener(event, () => panel.show(ids));
  }
  return shown;
}

export function more(children) {
  return crel("details", { className: "found-more" }, [crel("summary", { textContent: gettext("More") }), ...children]);
}

export function places(count) {
  return ngettext("%s place", "%s places", count);
}

export function quoted(words) {
  return interpolate("“%(words)s”", { words });
}
