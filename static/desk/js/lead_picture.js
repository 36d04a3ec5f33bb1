// Show the lead picture as soon as another one is chosen.

const card = document.querySelector("[data-picture-card]");
const select = document.getElementById("id_lead_image");

async function show(key) {
  const place = card.querySelector("[data-picture-preview]");
  if (!/^\d+$/.test(key)) {
    place.replaceChildren();
    return;
  }
  const answer = await fetch(card.dataset.pictureCard.replace("/0/", `/${key}/`));
  if (!answer.ok) {
    place.replaceChildren();
    return;
  }
  const picture = await answer.json();
  const image = document.createElement("img");
  image.className = "thumbnail";
  image.src = picture.src;
  image.alt = picture.alt;
  const credit = document.createElement("p");
  credit.className = "help";
  credit.textContent = [picture.caption, picture.credit].filter(Boolean).join(" ");
  place.replaceChildren(image, credit);
}

if (card && select) {
  let shown = card.querySelector("[data-picture-preview] img") ? select.value : "";

  const compare = () => {
    if (select.value !== shown) {
      shown = select.value;
      show(shown);
    }
  };

  // Select2 and the pop-up window speak jQuery only.
  window.addEventListener("load", () => {
    window.django.jQuery(select).on("change", compare);
    compare();
  });
}
