// The prices of now, beside those that a story was published with. The page is complete without them.

const mostListings = 20;
const arrows = { up: "▲", down: "▼", flat: "◆" };

/** The places that wait for a price, by the key or the ticker of their listing. */
function placesByListing() {
  const places = new Map();
  const add = (listing, fill) => places.set(listing, [...(places.get(listing) ?? []), fill]);
  for (const place of document.querySelectorAll("[data-now]")) {
    add(place.dataset.now, (price, labels) => place.replaceChildren(...line(price, labels)));
  }
  for (const mark of document.querySelectorAll("data[data-listing]")) {
    add(mark.dataset.listing, (price, labels) => standBeside(mark, price, labels));
  }
  return places;
}

function span(name, ...content) {
  const element = document.createElement("span");
  element.className = name;
  element.append(...content);
  return element;
}

/** When a price was one, in the reader's zone: the server prints the newsroom's. */
function asOf(price, labels) {
  const time = document.createElement("time");
  // The house writes English dates day first, as the server does.
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  if (price.as_of) {
    const form = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZoneName: "short" };
    time.dateTime = price.as_of;
    time.textContent = new Intl.DateTimeFormat(language, form).format(new Date(price.as_of));
    return span("price-as-of", `${labels.as_of} `, time);
  }
  time.dateTime = price.on;
  time.textContent = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(price.on));
  return span("price-as-of", `${labels.close} `, time);
}

function line(price, labels) {
  const value = document.createElement("data");
  value.className = "price-value";
  value.value = price.price;
  value.textContent = price.words.price;
  const parts = [span("price-when", labels.now), " ", value];
  if (price.words.change) {
    const arrow = document.createElement("span");
    arrow.setAttribute("aria-hidden", "true");
    arrow.textContent = arrows[price.direction];
    parts.push(" ", span(`price-change price-${price.direction}`, arrow, ` ${price.words.change}`));
  }
  parts.push(" ", asOf(price, labels));
  if (price.words.note) {
    parts.push(" ", span("price-note", `(${price.words.note})`));
  }
  return parts;
}

/** The newer price stands beside a statement, never instead of it: a note that takes no room in the line. */
function standBeside(mark, price, labels) {
  const note = span("price-beside", ...line(price, labels));
  note.id = `now-${[...document.querySelectorAll("data[data-listing]")].indexOf(mark)}`;
  note.setAttribute("role", "note");
  mark.tabIndex = 0;
  mark.setAttribute("aria-describedby", note.id);
  mark.classList.add("has-price-beside");
  mark.after(note);
}

async function show() {
  const places = placesByListing();
  const listings = [...places.keys()]
    .filter((name) => /^(?:[1-9]\d{0,8}|[^:,]{1,20}:[^:,]{1,20})$/.test(name))
    .sort()
    .slice(0, mostListings);
  if (!listings.length) {
    return;
  }
  const asked = listings.map(encodeURIComponent).join(",");
  const response = await fetch(`/quote/prices.json?listings=${asked}`, { credentials: "omit" });
  if (!response.ok) {
    return;
  }
  const { prices, labels } = await response.json();
  for (const price of prices) {
    for (const name of [String(price.listing), price.ticker]) {
      for (const fill of places.get(name) ?? []) {
        fill(price, labels);
      }
    }
  }
}

// A reader who is offline has the whole story without it.
show().catch((error) => console.info("The prices of now could not be fetched.", error));
