// Offer a new topic after those that there are: Enter takes the first one, and half a word is no topic.

const select = document.getElementById("id_topics");

// Django sets Select2 up when jQuery is ready, which may be after the page's "load"; who asks later comes later.
window.django.jQuery(() => {
  const adapter = select && window.django.jQuery(select).data("select2")?.dataAdapter;
  if (adapter?.insertTag) {
    adapter.insertTag = (found, typed) => found.push(typed);
  }
});
