// What the copy says of markets: words that are bound, with their verdicts, and words that may be.

import { crel, getMarkRange } from "django-prose-editor/editor";
import { act, list, place } from "desk/copy/listing";
import { placeOf } from "desk/copy/marks";
import { StatementDialog } from "desk/copy/statement";
import { gettext, interpolate } from "desk/copy/text";

export class Figures {
  constructor(panel) {
    this.panel = panel;
    const section = panel.element.querySelector("[data-copy-figures]");
    this.heading = section.querySelector("h3");
    this.bound = section.querySelector('[data-list="bound"]');
    this.proposed = section.querySelector('[data-list="proposed"]');
    this.left = new Set();
    this.dialog = new StatementDialog(panel);
    document.addEventListener("desk:bind-statement", () => this.bindSelected());
  }

  update({ bound = [], proposed = [] }) {
    const kept = (item) => ({ ...this.panel.keep(item.id, item), id: item.id });
    const open = proposed.filter(({ id }) => !this.left.has(id)).map(kept);
    list(this.bound, bound.map(kept), (item) => this.boundItem(item));
    list(this.proposed, open, (item) => this.proposedItem(item));
    return open.length + bound.filter(({ flaws }) => flaws.length).length;
  }

  boundItem(item) {
    const label = (text) => interpolate(text, { words: item.words });
    return [
      place(this.panel, item),
      crel("p", { className: "found-who", textContent: item.who }),
      crel("p", { className: "found-count", textContent: interpolate("Printed: %(printed)s", item) }),
      ...item.flaws.map((flaw) => crel("p", { className: "found-flaw", textContent: flaw })),
      crel("div", { className: "found-buttons" }, [
        act("edit", gettext("Edit"), () => this.edit(item), { label: label("Edit “%(words)s”") }),
        act("unbind", gettext("Unbind"), () => this.unbind(item), { label: label("Unbind “%(words)s”") }),
      ]),
    ];
  }

  proposedItem(item) {
    const label = (text) => interpolate(text, { words: item.words });
    return [
      place(this.panel, item),
      item.who ? crel("p", { className: "found-count", textContent: item.who }) : "",
      crel("div", { className: "found-buttons" }, [
        act("bind", gettext("Bind…"), () => this.edit(item), { className: "main", label: label("Bind “%(words)s”") }),
        act("leave", gettext("Leave"), () => this.leave(item), { label: label("Leave “%(words)s” as it is") }),
      ]),
    ];
  }

  leave(item) {
    this.left.add(item.id);
    this.heading.focus();
    this.panel.asker.soon(0);
  }

  edit(item) {
    const now = placeOf(this.panel.editor, item.id, item.words);
    if (now) {
      this.dialog.open(now);
    } else {
      this.panel.asker.soon(0);
    }
  }

  unbind(item) {
    const now = placeOf(this.panel.editor, item.id, item.words);
    if (now) {
      this.panel.editor.commands.unsetMarketStatement(now);
    }
    this.heading.focus();
    this.panel.asker.soon(0);
  }

  // From the tool bar or the keyboard: the words that are selected, or those of the mark in which the cursor stands.
  bindSelected() {
    const { state } = this.panel.editor;
    const { empty, $from, from, to } = state.selection;
    const mark = getMarkRange($from, state.schema.marks.marketStatement);
    if (empty && !mark) {
      return;
    }
    if (!empty && !$from.sameParent(state.selection.$to)) {
      this.panel.say(gettext("Select words of one paragraph."), true);
      return;
    }
    this.dialog.open(mark && from >= mark.from && to <= mark.to ? mark : { from, to });
  }
}
