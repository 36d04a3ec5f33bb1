// Let text areas be as tall as their text where the browser's own `field-sizing` does not; keep headlines to one line.

for (const area of document.querySelectorAll(".desk-story textarea[data-one-line]")) {
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
    }
  });
}

if (!CSS.supports("field-sizing", "content")) {
  for (const area of document.querySelectorAll(".desk-story textarea:not(#id_body)")) {
    const grow = () => {
      area.style.height = "auto";
      area.style.height = `${area.scrollHeight + 2}px`;
    };
    area.addEventListener("input", grow);
    grow();
  }
}
