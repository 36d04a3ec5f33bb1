// The panel beside the text: whom the copy names, what it says of markets, its sums of money. It asks the desk while
// somebody writes, and what is confirmed becomes a mark in the body. Without it the form works all the same.

import { Asker, post } from "desk/copy/asking";
import { Figures } from "desk/copy/figures";
import { show, tell } from "desk/copy/marks";
import { Money } from "desk/copy/money";
import { Names } from "desk/copy/names";
import { blocksOf, gettext, ngettext } from "desk/copy/text";

class Panel {
  constructor(element, editor) {
    this.element = element;
    this.editor = editor;
    this.addresses = element.dataset;
    this.headline = document.getElementById("id_headline");
    this.hidden = document.querySelector("[data-dismissed]");
    this.dismissed = this.hidden?.value ? JSON.parse(this.hidden.value) : [];
    this.asked = null;
    this.asker = new Asker((signal) => this.ask(signal), {
      answered: (answer) => this.answered(answer),
      refused: (problem) => this.say(problem, true),
    });
    this.sections = [new Names(this), new Figures(this), new Money(this)];
    editor.on("update", () => this.asker.soon());
    this.headline.addEventListener("input", () => this.asker.soon());
    document.addEventListener("desk:rows-changed", () => this.asker.soon());
    document.addEventListener("desk:ask-again", () => this.asker.soon(0));
    element.hidden = false;
    this.asker.soon(0);
  }

  question() {
    this.asked = this.editor.state.doc;
    this.blocks = blocksOf(this.asked);
    return {
      headline: this.headline.value,
      language: document.getElementById("id_language").value,
      blocks: this.blocks.map(({ text, opens, marks }) => ({ text, opens, marks })),
      listed: this.listed(),
      dismissed: this.dismissed,
      currency: this.element.querySelector("[data-copy-money] select").value,
    };
  }

  // The companies and people in the form's own lists.
  listed() {
    const keys = (name, kind) =>
      [...document.querySelectorAll(`#rows-${name} .row:not([hidden]) select[name$="-item"]`)]
        .filter((select) => select.value)
        .map((select) => `${kind}-${select.value}`);
    return [...keys("companies", "company"), ...keys("persons", "person")];
  }

  ask(signal) {
    return post(this.addresses.ask, this.question(), signal);
  }

  answered(answer) {
    if (this.editor.state.doc !== this.asked) {
      this.asker.soon(); // somebody has gone on writing
      return;
    }
    this.places = [];
    const counts = this.sections.map((section) => section.update(answer));
    tell(this.editor, { places: this.places, titles: answer.titles || {} });
    if (answer.reading) {
      this.say(gettext("The names are being read. This takes a moment."));
      this.asker.soon(1500);
      return;
    }
    const open = counts.reduce((sum, count) => sum + count, 0);
    this.say(open ? ngettext("%s to look at", "%s to look at", open) : gettext("Nothing to look at."));
    this.element.classList.toggle("has-open", open > 0);
  }

  // Give a place of the answer an id by which it is found again, whatever is written meanwhile.
  keep(id, place) {
    const from = this.blocks[place.block].at + place.start;
    this.places.push({ id, from, to: from + place.end - place.start });
    return { ...place, id };
  }

  show(ids) {
    show(this.editor, ids);
  }

  say(words, isProblem = false) {
    const status = this.element.querySelector("[data-copy-status]");
    if (status.textContent !== words) {
      status.textContent = words;
    }
    status.classList.toggle("problem", isProblem);
  }
}

function begin() {
  const element = document.getElementById("copy-panel");
  const editor = document.querySelector(".field-body .ProseMirror[contenteditable]")?.editor;
  if (element && editor && !element.dataset.begun) {
    element.dataset.begun = "yes";
    new Panel(element, editor);
  }
}

document.addEventListener("prose-editor:ready", begin);
begin();
