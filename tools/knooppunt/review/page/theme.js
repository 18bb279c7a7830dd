// Light, dark, or as the system says. Runs before the first paint, so it is no module.
(() => {
  const KEY = "knooppunt:theme";
  const root = document.documentElement;
  let theme = "auto";
  try {
    theme = localStorage.getItem(KEY) || "auto";
  } catch {
    // A browser may forbid storage; then the choice lasts as long as the page.
  }
  const system = matchMedia("(prefers-color-scheme: dark)");
  const show = () => {
    root.dataset.theme = theme === "auto" ? (system.matches ? "dark" : "light") : theme;
    root.dispatchEvent(new CustomEvent("knooppunt-theme"));
  };
  system.addEventListener("change", show);
  root.addEventListener("knooppunt-next-theme", () => {
    theme = { auto: "light", light: "dark", dark: "auto" }[theme] || "auto";
    root.dataset.choice = theme;
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // as above
    }
    show();
  });
  root.dataset.choice = theme;
  show();
})();
