/**
 * One route at a time: all of them at once are fifty thousand elements. Where the viewer hides its list of routes, they stand
 * as a list that unfolds instead.
 */
export const renderStyle = () => (window.matchMedia("(max-width: 767px)").matches ? "view" : "focused");

/** What the viewer is told: how it behaves. Its looks come from the sheet below. */
export const referenceSettings: Record<string, string> = {
  "load-fonts": "false",
  layout: "column",
  "schema-style": "table",
  "default-schema-tab": "schema",
  "show-header": "false",
  "show-method-in-nav-bar": "as-colored-text",
  "use-path-in-nav-bar": "true",
  "nav-item-spacing": "compact",
  "allow-advanced-search": "false",
  "allow-spec-url-load": "false",
  "allow-spec-file-load": "false",
  "allow-spec-file-download": "false",
  "allow-server-selection": "false",
  "allow-authentication": "true",
  "allow-try": "true",
  "fetch-credentials": "same-origin",
  "persist-auth": "false",
  "sort-endpoints-by": "none",
};

/** Our tokens under the viewer's names: they follow the theme by themselves, because they are the page's own. */
const colors: Record<string, string> = {
  bg: "paper",
  bg2: "surface",
  bg3: "sunken",
  fg: "ink",
  fg2: "ink-soft",
  fg3: "ink-faint",
  "light-fg": "ink-soft",
  "light-bg": "sunken",
  "border-color": "line",
  "light-border-color": "line",
  "hover-color": "hover",
  "input-bg": "surface",
  "placeholder-color": "ink-faint",
  "overlay-bg": "scrim",
  "selection-bg": "accent-soft",
  "selection-fg": "accent-text",
  "primary-color": "accent",
  "primary-color-invert": "accent-ink",
  "primary-color-trans": "accent-soft",
  "header-bg": "paper",
  "header-fg": "ink",
  "header-color-darker": "sunken",
  "header-color-border": "line",
  "nav-bg-color": "paper",
  "nav-text-color": "ink-soft",
  "nav-hover-bg-color": "sunken",
  "nav-hover-text-color": "ink",
  "nav-accent-color": "accent",
  "nav-accent-text-color": "accent-ink",
  "nav-get-color": "tone-info",
  "nav-post-color": "tone-good",
  "nav-put-color": "tone-waiting",
  "nav-head-color": "tone-waiting",
  "nav-delete-color": "tone-bad",
  blue: "tone-info",
  green: "tone-good",
  orange: "tone-waiting",
  yellow: "tone-waiting",
  brown: "tone-waiting",
  red: "tone-bad",
  pink: "accent-text",
  purple: "tone-info",
  "light-blue": "tone-info-soft",
  "light-green": "tone-good-soft",
  "light-orange": "tone-waiting-soft",
  "light-yellow": "tone-waiting-soft",
  "light-red": "tone-bad-soft",
  "light-pink": "accent-soft",
  "code-bg": "sunken",
  "code-border-color": "line",
  "code-fg": "ink",
  "code-keyword-color": "tone-info",
  "code-operator-color": "ink-soft",
  "code-property-color": "accent-text",
  "inline-code-fg": "ink",
};

const tokens = Object.entries(colors).map(([name, token]) => `--${name}: var(--${token});`);

export const referenceSheet = `
:host {
  ${tokens.join("\n  ")}
  --font-regular: var(--font-geist-sans), system-ui, sans-serif;
  --font-mono: var(--font-geist-mono), ui-monospace, monospace;
  --font-size-small: 12px;
  --font-size-mono: 12px;
  --font-size-regular: 13px;
  --border-radius: 6px;
  height: 100%;
}
.body { background: var(--bg); }
.nav-bar { border-right: 1px solid var(--border-color); width: 324px; }
.nav-bar-tag, .nav-bar-h1, .nav-bar-info, .nav-bar-section-title { font-size: 13px; font-weight: 600; }
.nav-bar-section { justify-content: flex-start; padding: 8px 16px 0; }
.nav-bar-section-title { padding: 0; text-transform: none; color: var(--fg3); font-size: 12px; font-weight: 500; }
.nav-bar-path { font-size: 12px; padding-top: 4px; padding-bottom: 4px; }
.nav-method { font-size: 11px !important; min-width: 44px; }
#the-main-body h1, #api-title { font-size: 20px !important; line-height: 28px; font-weight: 600; letter-spacing: -0.014em; }
.sub-title { font-size: 20px; line-height: 28px; font-weight: 600; text-transform: none; letter-spacing: -0.014em; }
h2, h3 { font-weight: 600; letter-spacing: -0.006em; }
.m-btn { text-transform: none; border-radius: 6px; font-size: 13px; font-weight: 500; letter-spacing: 0; box-shadow: none; border-width: 1px; }
.m-markdown p, .m-markdown-small p { line-height: 20px; }
.m-markdown code, .m-markdown-small code { background: var(--bg3); border-radius: 4px; }
@media (max-width: 767px) { .main-content-inner--view-mode { padding: 16px !important; } }
a, button, input, select, textarea, [tabindex] { outline-offset: 2px; }
:focus-visible { outline: 2px solid var(--nav-accent-color); }
`;

/**
 * Names for what the viewer leaves nameless to those who hear the page, whenever one of its parts draws something new. Only
 * what is new is looked at: the reference is drawn in hundreds of pieces, and to walk all of it for each stops the page.
 */
export function nameControls(first: ShadowRoot): () => void {
  const roots = new Set<ShadowRoot>();
  const fresh = new Set<Element>();
  let frame = 0;
  const observer = new MutationObserver((records) => {
    for (const { addedNodes } of records) for (const node of addedNodes) if (node instanceof Element) fresh.add(node);
    if (fresh.size > 0 && frame === 0) frame = requestAnimationFrame(nameFresh);
  });
  const nameFresh = () => {
    frame = 0;
    const parts = [...fresh];
    fresh.clear();
    for (const part of parts) if (part.isConnected) repair(part);
  };
  const enter = (root: ShadowRoot) => {
    if (roots.has(root)) return;
    roots.add(root);
    observer.observe(root, { childList: true, subtree: true });
    for (const child of root.children) repair(child);
  };
  const repair = (part: Element) => {
    for (const element of [part, ...part.querySelectorAll<HTMLElement>("*")]) {
      if (element.shadowRoot) enter(element.shadowRoot);
      if (element.matches(".nav-bar")) element.setAttribute("aria-label", "Routes");
      if (element instanceof HTMLElement && element.matches("input, select, textarea")) nameControl(element);
    }
  };
  enter(first);
  return () => {
    cancelAnimationFrame(frame);
    observer.disconnect();
  };
}

function nameControl(control: HTMLElement): void {
  if (control.hasAttribute("aria-label") || control.closest("label")) return;
  const name = control.dataset.pname ?? control.getAttribute("placeholder") ?? control.getAttribute("name");
  control.setAttribute("aria-label", name || "Value");
}
