// A static host serves one 404 page for every language: swap in the one of the language that the address starts with.
(function () {
  "use strict";
  const homes = document.currentScript.dataset.locales.split(" ").filter(Boolean);
  const home = homes.find((path) => location.pathname.startsWith(path));
  if (!home) {
    return;
  }
  fetch(home + "404.html")
    .then((response) => (response.ok ? response.text() : Promise.reject(response.status)))
    .then((html) => {
      document.open();
      document.write(html);
      document.close();
    })
    .catch(() => {
      // The page as it is has the text in every language.
    });
})();
