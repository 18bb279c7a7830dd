// The theme's script asks each address in a link rel=alternate for a sitemap, in vain. It runs after this one, and looks
// for the exact word; a space more means the same to all others.
for (const link of document.querySelectorAll("link[rel=alternate]")) {
  link.setAttribute("rel", "alternate ");
}

// The theme puts the buttons of each code block into a nav without a name, and a page has many.
(function () {
  "use strict";
  const content = document.querySelector(".md-content");
  function quiet() {
    for (const nav of document.querySelectorAll("nav.md-code__nav:not([role])")) {
      nav.setAttribute("role", "none");
    }
  }
  if (content) {
    new MutationObserver(quiet).observe(content, { childList: true, subtree: true });
  }
})();

// What scrolls inside itself can be reached with the keyboard.
(function () {
  "use strict";
  function reach() {
    for (const box of document.querySelectorAll(".md-typeset__scrollwrap")) {
      if (box.scrollWidth > box.clientWidth) {
        box.tabIndex = 0;
      } else {
        box.removeAttribute("tabindex");
      }
    }
  }
  addEventListener("load", reach);
  addEventListener("resize", reach);
})();

// The filters of the records page. Without this script the page shows every record.
(function () {
  "use strict";
  const root = document.querySelector("[data-kp-records]");
  const form = root && root.querySelector("[data-kp-filters]");
  if (!form) {
    return;
  }
  const output = form.querySelector("[data-kp-count]");
  const none = root.querySelector("[data-kp-none]");
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const records = Array.from(root.querySelectorAll("[data-kp-record]"), (row) => {
    const card = document.getElementById(row.dataset.kpRecord);
    return { row, card, text: fold(row.textContent + " " + (card ? card.textContent : "")) };
  });

  function matches(record, values) {
    for (const [name, value] of values) {
      if (name === "text") {
        if (!fold(value).split(/\s+/).every((word) => record.text.includes(word))) {
          return false;
        }
      } else if (!(record.row.dataset[name] || "").split(" ").includes(value)) {
        return false;
      }
    }
    return true;
  }

  function apply() {
    const values = Array.from(new FormData(form)).filter(([, value]) => value.trim());
    let shown = 0;
    for (const record of records) {
      const visible = matches(record, values);
      record.row.hidden = !visible;
      if (record.card) {
        record.card.hidden = !visible;
      }
      shown += visible ? 1 : 0;
    }
    none.hidden = shown > 0;
    output.textContent = output.dataset.kpCount.replace("{shown}", shown).replace("{total}", records.length);
    const query = new URLSearchParams(values).toString();
    history.replaceState(null, "", (query ? "?" + query : location.pathname) + location.hash);
  }

  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = form.elements.namedItem(name);
    if (field && "value" in field) {
      field.value = value;
    }
  }
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  // A link to a record that is filtered out shows it again.
  addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.closest("[data-kp-card][hidden]")) {
      form.reset();
      setTimeout(() => target.scrollIntoView());
    }
  });
  apply();
})();
