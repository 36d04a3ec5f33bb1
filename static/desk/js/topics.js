// Offer a new topic after those that there are: Enter takes the first one, and half a word is no topic.

const select = document.getElementById("id_topics");

// Select2 is set up when the document is ready.
window.addEventListener("load", () => {
  const adapter = select && window.django.jQuery(select).data("select2")?.dataAdapter;
  if (adapter?.insertTag) {
    adapter.insertTag = (found, typed) => found.push(typed);
  }
});
