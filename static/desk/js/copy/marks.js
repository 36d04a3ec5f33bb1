// What the body's editor knows beyond plain text: who is named, and figures of the market. The marks carry all their
// data in their attributes, so that every copy of the text keeps them; articles/text keeps exactly these attributes.

import { Extension, Mark, pm } from "django-prose-editor/editor";

const { Plugin, PluginKey } = pm.state;
const { Decoration, DecorationSet } = pm.view;

const gettext = window.gettext || ((text) => text);
const KEY = /^[1-9]\d{0,17}$/;
const OURS = ["mention", "marketStatement"];
// No mark stands in another, and none in a link.
const EXCLUDES = OURS.join(" ");

function hasLink(doc, from, to, schema) {
  return doc.rangeHasMark(from, to, schema.marks.link);
}

// Put a mark on the words from `from` to `to`, or on what is selected. A link stays a link: it takes no mark.
function put(name, attributes, { from, to } = {}) {
  return ({ state, tr, dispatch }) => {
    const start = from ?? tr.selection.from;
    const end = to ?? tr.selection.to;
    if (start >= end || hasLink(tr.doc, start, end, state.schema) || !tr.doc.resolve(start).sameParent(tr.doc.resolve(end))) {
      return false;
    }
    if (dispatch) {
      tr.addMark(start, end, state.schema.marks[name].create(attributes));
    }
    return true;
  };
}

// Take a mark away from the words from `from` to `to`, or from all the words of the mark in which the cursor is.
function take(name, { from, to } = {}) {
  return ({ state, tr, dispatch, commands }) => {
    if (from === undefined) {
      return commands.unsetMark(name, { extendEmptyMarkRange: true });
    }
    if (dispatch) {
      tr.removeMark(from, to, state.schema.marks[name]);
    }
    return true;
  };
}

export const Mention = Mark.create({
  name: "mention",
  priority: 900, // around bold and italics, within links
  inclusive: false, // what is typed behind the name is not the name
  excludes: EXCLUDES,
  addAttributes() {
    return { kind: { rendered: false }, key: { rendered: false } };
  },

  parseHTML() {
    return ["company", "person"].map((kind) => ({
      tag: `span[data-${kind}]`,
      getAttrs: (element) => {
        const key = element.getAttribute(`data-${kind}`);
        return KEY.test(key) && { kind, key };
      },
    }));
  },

  renderHTML({ mark }) {
    return ["span", { [`data-${mark.attrs.kind}`]: mark.attrs.key }, 0];
  },

  addCommands() {
    return {
      // setMention({ kind: "company" | "person", key, from?, to?, text? }): with `text` it is written first.
      setMention:
        ({ kind, key, from, to, text }) =>
        (props) => {
          const place = { from: from ?? props.tr.selection.from, to: to ?? props.tr.selection.to };
          if (text) {
            if (props.dispatch) {
              props.tr.insertText(text, place.from, place.to);
            }
            place.to = place.from + text.length;
          }
          return put(this.name, { kind, key: String(key) }, place)(props);
        },
      unsetMention: (place) => take(this.name, place),
    };
  },
});

const STATEMENT = {
  value: "value",
  listing: "data-listing",
  measure: "data-measure",
  direction: "data-direction",
  asOf: "data-as-of",
  session: "data-session",
  unit: "data-unit",
};

export const MarketStatement = Mark.create({
  name: "marketStatement",
  priority: 900,
  inclusive: false,
  excludes: EXCLUDES,
  addAttributes() {
    return Object.fromEntries(
      Object.entries(STATEMENT).map(([name, attribute]) => [
        name,
        {
          default: null,
          parseHTML: (element) => element.getAttribute(attribute),
          renderHTML: (attributes) => (attributes[name] === null ? {} : { [attribute]: attributes[name] }),
        },
      ]),
    );
  },

  parseHTML() {
    return [{ tag: "data[data-listing]" }];
  },

  renderHTML({ HTMLAttributes }) {
    return ["data", HTMLAttributes, 0];
  },

  addCommands() {
    return {
      setMarketStatement: (attributes, place) => put(this.name, attributes, place),
      unsetMarketStatement: (place) => take(this.name, place),
    };
  },

  addKeyboardShortcuts() {
    return { "Mod-Alt-m": ({ editor }) => askToBind(editor) };
  },

  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "marketStatement",
      groups: "copy",
      button: buttons.material("query_stats", gettext("market figure")),
      active: (editor) => editor.isActive("marketStatement"),
      enabled: (editor) => !editor.state.selection.empty || editor.isActive("marketStatement"),
      command: askToBind,
    });
  },
});

// The dialog is the page's: statement_dialog.js listens.
function askToBind(editor) {
  if (editor.state.selection.empty && !editor.isActive("marketStatement")) {
    return false;
  }
  document.dispatchEvent(new CustomEvent("desk:bind-statement", { detail: { editor } }));
  return true;
}

const foundKey = new PluginKey("foundWords");

function keyOf(mark) {
  return mark.type.name === "mention" ? `${mark.attrs.kind}-${mark.attrs.key}` : `listing-${mark.attrs.listing}`;
}

function titled(doc, titles) {
  const all = [];
  doc.descendants((node, at) => {
    const mark = node.isText && node.marks.find((one) => OURS.includes(one.type.name));
    const title = mark && titles[keyOf(mark)];
    if (title) {
      all.push(Decoration.inline(at, at + node.nodeSize, { title }));
    }
  });
  return DecorationSet.create(doc, all);
}

// The places that the panel speaks of, moved along with every change, and what hovering over a mark says. None of it
// is part of the text.
export const FoundWords = Extension.create({
  name: "foundWords",

  addProseMirrorPlugins() {
    return [
      new Plugin({
        key: foundKey,
        state: {
          init: () => ({ places: DecorationSet.empty, titles: {}, named: DecorationSet.empty, shown: new Set() }),
          apply(tr, before) {
            const told = tr.getMeta(foundKey) || {};
            const after = { ...before, ...told };
            if (told.places) {
              const all = told.places.map(({ id, from, to }) => Decoration.inline(from, to, {}, { id }));
              after.places = DecorationSet.create(tr.doc, all);
            } else if (tr.docChanged) {
              after.places = before.places.map(tr.mapping, tr.doc);
            }
            if (told.titles || tr.docChanged) {
              after.named = titled(tr.doc, after.titles);
            }
            return after;
          },
        },
        props: {
          decorations(state) {
            const { places, named, shown } = foundKey.getState(state);
            const now = shown.size ? places.find(undefined, undefined, (spec) => shown.has(spec.id)) : [];
            return named.add(
              state.doc,
              now.map(({ from, to }) => Decoration.inline(from, to, { class: "found-here" })),
            );
          },
        },
        // Words that become a link are no mention any more: readers cannot follow two links at once.
        appendTransaction(transactions, _before, state) {
          const { link, mention, marketStatement } = state.schema.marks;
          if (!link || !transactions.some((tr) => tr.docChanged)) {
            return null;
          }
          const tr = state.tr;
          state.doc.descendants((node, at) => {
            if (node.isText && link.isInSet(node.marks) && node.marks.some((mark) => OURS.includes(mark.type.name))) {
              tr.removeMark(at, at + node.nodeSize, mention).removeMark(at, at + node.nodeSize, marketStatement);
            }
          });
          return tr.docChanged ? tr : null;
        },
      }),
    ];
  },
});

// Tell the editor where the panel's places are: [{ id, from, to }], and what to say of marks: { "company-12": "…" }.
export function tell(editor, told) {
  editor.view.dispatch(editor.state.tr.setMeta(foundKey, told).setMeta("addToHistory", false));
}

// Bind the words of a place to what the attributes of a `data` element say.
export function bindStatement(editor, place, attributes, titles) {
  const { titles: known } = foundKey.getState(editor.state);
  tell(editor, { titles: { ...known, ...titles } });
  const values = Object.entries(STATEMENT).map(([name, attribute]) => [name, attributes[attribute] ?? null]);
  return editor.commands.setMarketStatement(Object.fromEntries(values), place);
}

// Show the places with these ids in the text, or none.
export function show(editor, ids) {
  tell(editor, { shown: new Set(ids) });
}

// Return where a place is now, or null where its words are gone or changed.
export function placeOf(editor, id, words) {
  const [found] = foundKey.getState(editor.state).places.find(undefined, undefined, (spec) => spec.id === id);
  if (!found || editor.state.doc.textBetween(found.from, found.to, "\n", "\n") !== words) {
    return null;
  }
  return { from: found.from, to: found.to };
}
