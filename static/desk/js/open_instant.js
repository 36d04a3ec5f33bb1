// Choosing a date or a time chooses "at this time"; with the other choice the time is not sent.

for (const choice of document.querySelectorAll(".open-instant")) {
  const timed = choice.querySelector('input[type="radio"][value="timed"]');
  const inputs = [...choice.querySelectorAll(".instant input")];
  const chooseTimed = () => {
    timed.checked = true;
  };
  for (const input of inputs) {
    input.addEventListener("input", chooseTimed);
  }
  // Somebody may have typed before this script came.
  if (inputs.some((input) => input.value !== input.defaultValue)) {
    chooseTimed();
  }
  timed.addEventListener("change", () => {
    if (!inputs[0].value) {
      inputs[0].focus();
    }
  });
  timed.form.addEventListener("formdata", (event) => {
    if (!timed.checked) {
      inputs.forEach((input) => event.formData.delete(input.name));
    }
  });
}
