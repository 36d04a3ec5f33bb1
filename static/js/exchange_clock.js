// How long until an exchange opens or closes, and when that is for the reader: the server prints the exchange's own time.

const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
const places = [...document.querySelectorAll("[data-until]")].map((place) => ({
  place,
  until: new Date(place.dataset.until),
}));

function left(until) {
  const minutes = Math.ceil((until - Date.now()) / 60_000);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return hours ? `${hours} h ${String(rest).padStart(2, "0")} min` : `${rest} min`;
}

function show() {
  for (const { place, until } of places) {
    // What has come in the meantime the page does not know; it is another one by now.
    if (until <= Date.now()) {
      place.textContent = "";
      continue;
    }
    const form = { weekday: "short", hour: "2-digit", minute: "2-digit", timeZoneName: "short" };
    place.textContent = `in ${left(until)}, ${new Intl.DateTimeFormat(language, form).format(until)} for you`;
  }
}

if (places.length) {
  show();
  setInterval(show, 10_000);
}
