// Text from Word and Google Docs says what is bold, italic or a list in its styles, which the site's policy keeps from
// the editor. Say it in tags before the editor looks, as articles/text/pasted.py does for what comes in otherwise.

const BOLD = /font-weight:\s*(?:bold|bolder|[6-9]00)/i;
const NOT_BOLD = /font-weight:\s*(?:normal|[1-5]00)/i;
const ITALIC = /font-style:\s*(?:italic|oblique)/i;
const NOT_ITALIC = /font-style:\s*normal/i;
const WORD_ITEM = /mso-list:\s*l\d/i;
const WORD_MARKER = /mso-list:\s*ignore/i;
const HIDDEN = /display:\s*none|mso-hide:\s*all|mso-element:\s*comment/i;
const NUMBERED = /^\W*(?:\d+|[a-z]|[ivxlcdm]+)(?:\.\d+)*[.)\]]/i;

const styleOf = (element) => element.dataset.said || "";

// The policy complains of every style attribute that is parsed, so none is.
function parse(html) {
  const quiet = html.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-said="));
  return new DOMParser().parseFromString(quiet, "text/html").body;
}

function rename(element, tag) {
  const other = element.ownerDocument.createElement(tag);
  other.append(...element.childNodes);
  element.replaceWith(other);
  return other;
}

function wrap(element, tag) {
  const inner = element.ownerDocument.createElement(tag);
  inner.append(...element.childNodes);
  element.append(inner);
}

function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

// Word writes a list as paragraphs, each with its bullet or number as text.
function makeLists(root) {
  let list = null;
  for (const paragraph of root.querySelectorAll("p")) {
    if (!WORD_ITEM.test(styleOf(paragraph))) {
      continue;
    }
    const marker = [...paragraph.querySelectorAll("span")].find((span) => WORD_MARKER.test(styleOf(span)));
    const tag = NUMBERED.test(marker?.textContent || "") ? "ol" : "ul";
    marker?.remove();
    if (list?.localName !== tag || paragraph.previousElementSibling !== list) {
      list = root.ownerDocument.createElement(tag);
      paragraph.before(list);
    }
    const item = root.ownerDocument.createElement("li");
    list.append(item);
    item.append(paragraph);
  }
}

function makeMarks(root) {
  for (const element of root.querySelectorAll("span")) {
    if (BOLD.test(styleOf(element)) && !element.closest("h1, h2, h3, h4, h5, h6")) {
      wrap(element, "strong");
    }
    if (ITALIC.test(styleOf(element))) {
      wrap(element, "em");
    }
  }
  root.querySelectorAll("b, strong").forEach((element) => NOT_BOLD.test(styleOf(element)) && unwrap(element));
  root.querySelectorAll("i, em").forEach((element) => NOT_ITALIC.test(styleOf(element)) && unwrap(element));
}

export function inTags(html) {
  const root = parse(html);
  root.querySelectorAll("[data-said]").forEach((element) => HIDDEN.test(styleOf(element)) && element.remove());
  makeLists(root);
  makeMarks(root);
  root.querySelectorAll("h1").forEach((heading) => rename(heading, "h2"));
  root.querySelectorAll("h4, h5, h6").forEach((heading) => rename(heading, "h3"));
  root.querySelectorAll("[data-said]").forEach((element) => element.removeAttribute("data-said"));
  return root.innerHTML;
}

function listen() {
  const editor = document.querySelector(".field-body .ProseMirror[contenteditable]")?.editor;
  if (editor) {
    // What is copied within the editor itself needs nothing.
    const transformPastedHTML = (html) => (html.includes("data-pm-slice") ? html : inTags(html));
    editor.setOptions({ editorProps: { ...editor.options.editorProps, transformPastedHTML } });
  }
}

document.addEventListener("prose-editor:ready", listen);
window.addEventListener("load", listen);
