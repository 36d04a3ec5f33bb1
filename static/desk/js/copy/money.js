// Sums of money: conversions with their verdicts, and conversions to insert.

import { crel } from "django-prose-editor/editor";
import { act, list, place } from "desk/copy/listing";
import { placeOf } from "desk/copy/marks";
import { gettext, interpolate } from "desk/copy/text";

export class Money {
  constructor(panel) {
    this.panel = panel;
    const section = panel.element.querySelector("[data-copy-money]");
    this.heading = section.querySelector("h3");
    this.wrong = section.querySelector('[data-list="wrong"]');
    this.right = section.querySelector('[data-list="pairs"]');
    this.sums = section.querySelector('[data-list="sums"]');
    this.more = section.querySelector("[data-sums]");
    this.currency = section.querySelector("select");
    this.currency.addEventListener("change", () => panel.asker.soon(0));
  }

  update({ pairs = [], sums = [], currency = "" }) {
    const kept = (item) => ({ ...this.panel.keep(item.id, item), id: item.id });
    const wrong = pairs.filter(({ status }) => status === "wrong");
    list(this.wrong, wrong.map(kept), (item) => this.pair(item));
    list(this.right, pairs.filter(({ status }) => status !== "wrong").map(kept), (item) => this.pair(item));
    list(this.sums, sums.map(kept), (item) => this.sum(item));
    this.more.hidden = !sums.length;
    if (currency) {
      this.currency.value = currency;
    }
    return wrong.length;
  }

  pair(item) {
    return [
      place(this.panel, item),
      crel("p", { className: `found-verdict verdict-${item.status}` }, [
        crel("strong", { textContent: item.verdict }),
        crel("span", { className: "found-note", textContent: item.says }),
      ]),
    ];
  }

  sum(item) {
    const press = () => this.insert(item);
    const label = interpolate("Insert %(insert)s behind %(words)s", item);
    const text = interpolate("Insert %(insert)s", item);
    return [place(this.panel, item), crel("div", { className: "found-buttons" }, [act("insert", text, press, { label })])];
  }

  insert(item) {
    const { editor } = this.panel;
    const now = placeOf(editor, item.id, item.words);
    if (now) {
      editor.chain().insertContentAt(now.to, { type: "text", text: ` ${item.insert}` }, { updateSelection: false }).run();
      this.panel.say(interpolate("Inserted: %(insert)s.", item));
    } else {
      this.panel.say(gettext("These words have changed, nothing is inserted."));
    }
    this.heading.focus();
    this.panel.asker.soon(0);
  }
}
