// A field in which a company, a person or a listing is looked up by a part of its name, as WAI-ARIA's combobox with a
// list: arrows move, Enter takes, Escape closes.

import { crel } from "django-prose-editor/editor";
import { Asker, get } from "desk/copy/asking";
import { ngettext } from "desk/copy/text";

let number = 0;

export class Combobox {
  // `address` answers ?term= with { results: [{ id, text, note }] }; `taken(result)` is told what was chosen.
  constructor({ label, address, taken, input = null }) {
    this.id = `copy-choices-${(number += 1)}`;
    this.taken = taken;
    this.results = [];
    this.active = -1;
    this.input = input || crel("input", { type: "text", id: `${this.id}-input`, "aria-label": label });
    this.list = crel("ul", { id: this.id, className: "choices-list", role: "listbox", hidden: true, "aria-label": label });
    this.said = crel("p", { className: "visually-hidden", "aria-live": "polite" });
    for (const [name, value] of Object.entries({
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.id,
    })) {
      this.input.setAttribute(name, value);
    }
    this.element = crel("div", { className: "choices" }, input ? [this.list, this.said] : [this.input, this.list, this.said]);
    const ask = (signal) => get(address, { term: this.input.value }, signal);
    this.asker = new Asker(ask, {
      wait: 200,
      answered: ({ results }) => this.show(results),
      refused: (problem) => this.show([], problem),
    });
    this.input.addEventListener("input", () => (this.input.value.trim() ? this.asker.soon() : this.close()));
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.take(this.options().indexOf(event.target.closest("[role=option]"))));
  }

  options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  show(results, problem = "") {
    this.results = results;
    this.list.replaceChildren(
      ...results.map((result, index) =>
        crel("li", { id: `${this.id}-${index}`, role: "option", "aria-selected": "false" }, [
          crel("span", { textContent: result.text }),
          crel("span", { className: "choices-note", textContent: result.note || "" }),
        ]),
      ),
    );
    this.said.textContent = problem || ngettext("%s found", "%s found", results.length);
    this.said.classList.toggle("visually-hidden", results.length > 0);
    this.list.hidden = !results.length;
    this.input.setAttribute("aria-expanded", String(results.length > 0));
    this.move(results.length ? 0 : -1);
  }

  move(index) {
    const options = this.options();
    this.active = options.length ? (index + options.length) % options.length : -1;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === this.active)));
    if (this.active < 0) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    this.input.setAttribute("aria-activedescendant", options[this.active].id);
    options[this.active].scrollIntoView({ block: "nearest" });
  }

  press(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && !this.list.hidden) {
      event.preventDefault();
      this.move(this.active + steps[event.key]);
    } else if (event.key === "Enter") {
      event.preventDefault(); // the form is not sent from here
      this.take(this.active);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }

  take(index) {
    const result = this.results[index];
    if (result && !this.list.hidden) {
      this.close();
      this.taken(result);
    }
  }

  close() {
    this.asker.stop();
    this.show([]);
    this.said.textContent = "";
    this.said.classList.add("visually-hidden");
  }
}

