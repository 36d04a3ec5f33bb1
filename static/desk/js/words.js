// Count the words of the body as somebody writes, as articles/text/counts.py counts them.

const ideograph =
  /[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3041-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\u{20000}-\u{3ffff}]/gu;
const between = /[\s/|\u2012-\u2015\u2e3a\u2e3b]+/u;
const letterOrDigit = /[\p{L}\p{N}]/u;

function countWords(text) {
  return text
    .replace(ideograph, " $& ")
    .split(between)
    .filter((word) => letterOrDigit.test(word)).length;
}

function textOf(html) {
  // A template's content is inert: nothing in it is loaded or run.
  const template = document.createElement("template");
  template.innerHTML = html.replace(/<\/?(?:p|h2|h3|li|ul|ol|blockquote|br)\b[^>]*>/g, " $& ");
  return template.content.textContent;
}

const counter = document.querySelector("[data-word-count]");
const body = document.getElementById("id_body");

if (counter && body) {
  let waiting = 0;
  let shown = body.value;

  const show = () => {
    waiting = 0;
    shown = body.value;
    const count = countWords(textOf(shown));
    counter.textContent = window.interpolate(window.ngettext("%s word", "%s words", count), [count.toLocaleString()]);
  };

  const soon = () => {
    if (!waiting) {
      waiting = setTimeout(show, 400);
    }
  };

  // The editor writes into the hidden text area and tells nobody.
  const field = body.closest(".field-body");
  for (const event of ["input", "keyup", "click", "paste", "cut", "drop"]) {
    field.addEventListener(event, soon);
  }
  if (shown) {
    soon();
  }
}
