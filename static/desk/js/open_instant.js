// Choosing a date or a time chooses "at this time"; the other choice dims them.

for (const choice of document.querySelectorAll(".open-instant")) {
  const timed = choice.querySelector('input[type="radio"][value="timed"]');
  const inputs = choice.querySelectorAll('.instant input');
  for (const input of inputs) {
    input.addEventListener("input", () => {
      timed.checked = true;
    });
  }
  timed.addEventListener("change", () => {
    if (!inputs[0].value) {
      inputs[0].focus();
    }
  });
}
