// The dialog in which words are bound to a listing: what they state, when it was true, and how the page prints them.

import { crel } from "django-prose-editor/editor";
import { Asker, Refusal, post } from "desk/copy/asking";
import { Combobox } from "desk/copy/combobox";
import { bindStatement } from "desk/copy/marks";
import { blocksOf, gettext, interpolate } from "desk/copy/text";

const FIELDS = ["measure", "value", "direction", "unit", "date", "time", "session"];

export class StatementDialog {
  constructor(panel) {
    this.panel = panel;
    this.element = document.getElementById("statement-dialog");
    const field = (name) => this.element.querySelector(`[data-field="${name}"]`);
    this.fields = Object.fromEntries(FIELDS.map((name) => [name, field(name)]));
    this.listing = null;
    this.search = new Combobox({
      label: gettext("Listing"),
      input: field("listing"),
      address: panel.addresses.listings,
      taken: (listing) => this.take(listing),
    });
    field("listing").after(this.search.element);
    field("listing").addEventListener("input", () => this.forget());
    this.asker = new Asker((signal) => post(panel.addresses.statement, this.question(), signal), {
      wait: 300,
      answered: (answer) => this.judged(answer),
      refused: (problem) => this.say(problem),
    });
    for (const input of Object.values(this.fields)) {
      input.addEventListener("input", () => this.changed());
    }
    this.element.querySelector("[data-bind]").addEventListener("click", () => this.bind());
    this.element.querySelector("[data-cancel]").addEventListener("click", () => this.element.close());
    this.element.addEventListener("close", () => this.asker.stop());
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("input:not([role])")) {
        event.preventDefault();
        this.bind();
      }
    });
  }

  async open({ from, to }) {
    this.place = { from, to };
    const { doc } = this.panel.editor.state;
    const blocks = blocksOf(doc);
    const number = blocks.findLastIndex((block) => block.at <= from);
    this.copy = {
      headline: this.panel.headline.value,
      language: document.getElementById("id_language").value,
      blocks: blocks.map(({ text, opens, marks }) => ({ text, opens, marks })),
      place: { block: number, start: from - blocks[number].at, end: to - blocks[number].at },
    };
    try {
      const { fields } = await post(this.panel.addresses.statement, this.copy);
      this.fill(fields, doc.textBetween(from, to));
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      this.panel.say(error.message, true);
    }
  }

  fill(fields, words) {
    this.element.querySelector("[data-words]").textContent = words;
    for (const [name, input] of Object.entries(this.fields)) {
      input.value = fields[name] || "";
    }
    this.listing = fields.listing;
    this.search.input.value = fields.listing ? `${fields.listing.text}, ${fields.listing.note}` : "";
    this.zone();
    this.say("");
    this.element.showModal();
    (this.listing ? this.fields.value : this.search.input).focus();
    this.changed(0);
  }

  take(listing) {
    this.listing = listing;
    this.search.input.value = `${listing.text}, ${listing.note}`;
    if (!this.fields.unit.value && this.fields.measure.value !== "change-percent") {
      this.fields.unit.value = listing.kind === "index" ? "points" : listing.unit;
    }
    this.zone();
    this.changed(0);
  }

  forget() {
    this.listing = null;
    this.changed();
  }

  zone() {
    this.element.querySelector("[data-zone]").textContent = this.listing
      ? interpolate("Time in %(zone)s", { zone: this.listing.zone.replaceAll("_", " ") })
      : "";
  }

  question() {
    const values = Object.fromEntries(Object.entries(this.fields).map(([name, input]) => [name, input.value]));
    return { ...this.copy, fields: { ...values, listing: this.listing?.id || "" } };
  }

  changed(wait) {
    this.fields.unit.closest("[data-part]").hidden = this.fields.measure.value === "change-percent";
    this.asker.soon(wait);
  }

  judged(answer) {
    this.answer = answer;
    this.complain({});
    if (answer.problems) {
      this.say("");
      return;
    }
    const { printed, flaws } = answer;
    this.say(
      crel("p", { className: "statement-printed" }, [crel("span", { textContent: gettext("The page prints:") }), ` ${printed}`]),
      ...flaws.map((flaw) => crel("p", { className: "found-flaw", textContent: flaw })),
    );
  }

  say(...words) {
    this.element.querySelector("[data-preview]").replaceChildren(...words);
  }

  complain(problems) {
    for (const element of this.element.querySelectorAll("[data-problem]")) {
      const problem = problems[element.dataset.problem] || "";
      element.textContent = problem;
      element.hidden = !problem;
      const input = element.dataset.problem === "listing" ? this.search.input : this.fields[element.dataset.problem];
      input?.setAttribute("aria-invalid", String(Boolean(problem)));
    }
    const [first] = Object.keys(problems);
    (first === "listing" ? this.search.input : this.fields[first])?.focus();
  }

  // Bind by a fresh answer: what was typed last counts.
  async bind() {
    await this.asker.now();
    const { problems, attributes, titles } = this.answer || {};
    if (problems) {
      this.complain(problems);
      return;
    }
    if (!attributes) {
      return;
    }
    this.element.close();
    const { editor } = this.panel;
    const isBound = bindStatement(editor, this.place, attributes, titles);
    const words = isBound ? "Bound." : "A link cannot be bound: take the link off first.";
    this.panel.say(gettext(words), !isBound);
    editor.commands.focus(this.place.to);
    this.panel.asker.soon(0);
  }
}
