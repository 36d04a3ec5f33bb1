// The editor's document as the server reads it: its text blocks in order, with the marks in them. Offsets count UTF-16
// units within a block, as the editor's own positions do; a line break is one of them.

import { crel } from "django-prose-editor/editor";

const NAMES = ["mention", "marketStatement", "link"];

// Return a mark as the element that stands for it in HTML.
function elementOf(mark) {
  const [tag, attributes] = mark.type.spec.toDOM(mark, true);
  return { tag, attributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, String(value)])) };
}

function marksOf(block) {
  const found = [];
  block.forEach((node, start) => {
    for (const mark of node.marks.filter(({ type }) => NAMES.includes(type.name))) {
      const before = found.findLast((one) => one.mark.eq(mark));
      const end = start + node.nodeSize;
      if (before?.end === start) {
        before.end = end;
      } else {
        found.push({ mark, start, end });
      }
    }
  });
  return found;
}

// Return [{ text, at, opens, marks: [{ start, end, tag, attributes }] }]: `at` is the position of the block's first
// character, `opens` is true for the first paragraph of the story.
export function blocksOf(doc) {
  const blocks = [];
  let hasOpened = false;
  doc.descendants((node, position, parent) => {
    if (!node.isTextblock) {
      return true;
    }
    const marks = marksOf(node).map(({ mark, start, end }) => ({
      start,
      end,
      ...elementOf(mark),
    }));
    const text = node.textBetween(0, node.content.size, "", "\n");
    const opens = !hasOpened && parent === doc && node.type.name === "paragraph" && text.trim() !== "";
    hasOpened ||= opens;
    blocks.push({ text, at: position + 1, opens, marks });
    return false;
  });
  return blocks;
}

// Return the words around a selection of the editor and where they are, for the server.
export function selectionOf(editor) {
  const { from, to } = editor.state.selection;
  const blocks = blocksOf(editor.state.doc);
  const number = blocks.findLastIndex((block) => block.at <= from);
  return { block: number, start: from - blocks[number].at, end: to - blocks[number].at };
}

export function button(text, { className = "", label = "", press }) {
  const made = crel("button", { type: "button", className: `desk-button small ${className}`.trim(), textContent: text });
  if (label) {
    made.setAttribute("aria-label", label);
  }
  made.addEventListener("click", press);
  return made;
}

export function gettext(text) {
  return window.gettext ? window.gettext(text) : text;
}

export function ngettext(one, many, count) {
  return window.interpolate(window.ngettext(one, many, count), [count]);
}

export function interpolate(text, values) {
  return window.interpolate(gettext(text), values, true);
}
