// Companies and people: confirm, choose, dismiss, decide for ever.

import { crel } from "django-prose-editor/editor";
import { Refusal, post } from "desk/copy/asking";
import { Combobox } from "desk/copy/combobox";
import { act, leave, list, more, place, places } from "desk/copy/listing";
import { placeOf } from "desk/copy/marks";
import { gettext, interpolate } from "desk/copy/text";

function who({ name, note }) {
  return [
    crel("strong", { textContent: name }),
    note ? crel("span", { className: "found-note", textContent: note }) : "",
  ];
}

export class Names {
  constructor(panel) {
    this.panel = panel;
    const section = panel.element.querySelector("[data-copy-names]");
    this.heading = section.querySelector("h3");
    this.all = section.querySelector("[data-confirm-all]");
    this.lists = Object.fromEntries(
      ["open", "named", "dismissed"].map((name) => [name, section.querySelector(`[data-list="${name}"]`)]),
    );
    this.dismissed = section.querySelector("[data-dismissed-names]");
    this.all.addEventListener("click", () => this.confirmAll());
    this.open = [];
  }

  update({ open = [], named = [], dismissed = [] }) {
    const listed = this.panel.listed();
    const kept = (item) => ({
      ...item,
      places: item.places.map((one, number) => this.panel.keep(`${item.id}/${number}`, one)),
    });
    this.open = open.map(kept);
    const shown = named.map((item) => ({
      ...kept(item),
      marked: item.marked.map((one, number) => this.panel.keep(`${item.id}/marked-${number}`, one)),
      isListed: listed.includes(item.entity),
    }));
    list(this.lists.open, this.open, (item) => this.openItem(item));
    list(this.lists.named, shown, (item) => this.namedItem(item));
    const gone = dismissed.map((item) => ({ ...item, id: `${item.words}/${item.entity}` }));
    list(this.lists.dismissed, gone, (item) => this.dismissedItem(item));
    this.dismissed.hidden = !dismissed.length;
    this.all.hidden = this.sure().length < 2;
    return this.open.length;
  }

  sure() {
    return this.open.filter((item) => item.sure && item.places.length);
  }

  openItem(item) {
    const [best] = item.candidates;
    const words = item.words.join(gettext(", "));
    const asked = item.sure
      ? crel("p", { className: "found-who" }, who(best))
      : crel("p", { className: "found-who", textContent: interpolate("“%(words)s”: who is it?", { words }) });
    return [asked, ...this.where(item), item.sure ? this.sureButtons(item, best) : this.choices(item)];
  }

  where(item) {
    const [first, ...rest] = item.places;
    const parts = first ? [place(this.panel, first)] : [];
    if (rest.length) {
      parts.push(crel("p", { className: "found-count", textContent: interpolate("and %(places)s more", { places: places(rest.length) }) }));
    }
    if (!first) {
      const text = gettext("In the headline only, where nothing can be marked. Add it to the list below.");
      parts.push(crel("p", { className: "found-count", textContent: text }));
    }
    return parts;
  }

  sureButtons(item, best) {
    const label = (text) => interpolate(text, { name: best.name });
    const buttons = [];
    if (item.places.length) {
      const press = () => this.confirm(item, best, item.places.slice(0, 1));
      buttons.push(act("confirm", gettext("Confirm"), press, { className: "main", label: label("Confirm %(name)s") }));
    }
    if (item.places.length > 1) {
      const press = () => this.confirm(item, best, item.places);
      buttons.push(act("everywhere", gettext("Everywhere"), press, { label: label("Confirm %(name)s everywhere") }));
    }
    const dismiss = () => this.dismiss(item, best.entity);
    buttons.push(act("dismiss", gettext("Dismiss"), dismiss, { label: label("Dismiss %(name)s") }));
    return crel("div", { className: "found-buttons" }, [...buttons, this.more(item, item.candidates.slice(1), best)]);
  }

  choices(item) {
    const nobody = () => this.dismiss(item, null);
    const label = interpolate("“%(words)s” is nobody we know", { words: item.words[0] });
    return crel("div", { className: "found-choices" }, [
      ...item.candidates.map((candidate) => this.choice(item, candidate)),
      act("dismiss", gettext("None of them"), nobody, { label }),
      this.more(item, [], null),
    ]);
  }

  choice(item, candidate) {
    const chosen = crel("button", { type: "button", className: "found-choice" }, who(candidate));
    chosen.dataset.act = candidate.entity;
    chosen.addEventListener("click", () => this.confirm(item, candidate, item.places.slice(0, 1)));
    return chosen;
  }

  more(item, others, best) {
    const taken = ({ id, text }) => {
      const [kind, key] = id.split("-");
      this.confirm(item, { entity: id, kind, key, name: text }, item.places.slice(0, 1));
    };
    const search = new Combobox({ label: gettext("Somebody else"), address: this.panel.addresses.names, taken });
    search.input.placeholder = gettext("Somebody else…");
    const parts = item.places.length ? [...others.map((other) => this.choice(item, other)), search.element] : [];
    return more([...parts, ...this.rules(item, best)]);
  }

  rules(item, best) {
    if (!this.panel.addresses.rule) {
      return [];
    }
    return item.words.slice(0, 3).flatMap((words) => {
      const rule = (verdict, text, entity) =>
        act(`${verdict}-${words}`, interpolate(text, { words, name: best?.name }), () => this.decide(item, words, entity, verdict), {
          className: "found-rule",
        });
      return best
        ? [
            rule("always", "“%(words)s” is always %(name)s", best.entity),
            rule("never", "“%(words)s” is never %(name)s", best.entity),
          ]
        : [rule("never", "“%(words)s” is never anybody", null)];
    });
  }

  namedItem(item) {
    const parts = [crel("p", { className: "found-who" }, [...who(item), item.role ? crel("span", { className: "found-role", textContent: item.role }) : ""])];
    if (!item.isListed) {
      parts.push(crel("p", { className: "found-count", textContent: gettext("Goes on the story's list when you save.") }));
    }
    const label = (text) => interpolate(text, { name: item.name });
    const buttons = [
      act("unmark", gettext("Unmark"), () => this.unmark(item), { label: label("Unmark %(name)s") }),
    ];
    if (item.places.length) {
      const text = interpolate("Mark %(places)s more", { places: places(item.places.length) });
      const press = () => this.confirm(null, item, item.places);
      buttons.unshift(act("rest", text, press, { label: `${text}: ${item.name}` }));
    }
    return [...parts, place(this.panel, item.marked[0]), crel("div", { className: "found-buttons" }, buttons)];
  }

  dismissedItem(item) {
    const text = item.name ? "“%(words)s” is not %(name)s" : "“%(words)s” is nobody";
    const back = () => this.remember([[item.words, item.entity]], true);
    const label = interpolate("Bring back “%(words)s”", { words: item.words });
    return [
      crel("p", { className: "found-who", textContent: interpolate(text, item) }),
      act("back", gettext("Bring back"), back, { label }),
    ];
  }

  // Mark the places where they are now; a place that was rewritten meanwhile is left alone.
  confirm(item, { kind, key, name }, chosen) {
    const { editor } = this.panel;
    const marked = chosen.filter(({ id, words }) => {
      const now = placeOf(editor, id, words);
      return now && editor.commands.setMention({ kind, key, ...now });
    });
    const text = marked.length ? "%(name)s is marked: %(places)s." : "%(name)s: these words have changed, nothing is marked.";
    this.panel.say(interpolate(text, { name, places: places(marked.length) }));
    this.settle(item && marked.length ? item.id : null);
  }

  confirmAll() {
    this.sure().forEach((item) => this.confirm(item, item.candidates[0], item.places.slice(0, 1)));
    this.heading.focus();
  }

  unmark(item) {
    const { editor } = this.panel;
    for (const { id, words } of item.marked) {
      const now = placeOf(editor, id, words);
      if (now) {
        editor.commands.unsetMention(now);
      }
    }
    this.settle(null);
    this.heading.focus();
  }

  dismiss(item, entity) {
    const what = item.words.map((words) => [words, entity]);
    this.settle(item.id, false);
    this.remember(what, false);
  }

  async remember(what, back) {
    const { panel } = this;
    const key = (pair) => JSON.stringify(pair);
    try {
      if (panel.addresses.dismiss) {
        await post(panel.addresses.dismiss, { dismissed: what, back });
      } else {
        const gone = new Set(what.map(key));
        panel.dismissed = panel.dismissed.filter((pair) => !gone.has(key(pair))).concat(back ? [] : what);
        panel.hidden.value = JSON.stringify(panel.dismissed);
        panel.hidden.dispatchEvent(new Event("input", { bubbles: true }));
      }
    } catch (error) {
      this.refused(error);
    }
    panel.asker.soon(0);
  }

  async decide(item, words, entity, verdict) {
    try {
      const { rule } = await post(this.panel.addresses.rule, { words, entity, verdict });
      this.panel.say(interpolate("From now on, in every story: %(rule)s.", { rule }));
      this.heading.focus();
    } catch (error) {
      this.refused(error);
    }
    this.panel.asker.soon(0);
  }

  refused(error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    this.panel.say(error.message, true);
  }

  // Take what is decided off the list, and ask how things stand.
  settle(id, ask = true) {
    const item = id && [...this.lists.open.children].find((child) => child.dataset.id === id);
    if (item) {
      leave(item, this.heading);
    }
    if (ask) {
      this.panel.asker.soon(0);
    }
  }
}
