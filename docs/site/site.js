// The theme wraps tables and adds buttons to code by script. This names them for assistive
// technology, and lets the keyboard reach what scrolls.
function title(element) {
  const headings = [...document.querySelectorAll(".md-content :is(h1, h2, h3, h4)")];
  const before = headings.filter(
    (one) => one.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  const text = before.at(-1)?.cloneNode(true);
  text?.querySelectorAll(".headerlink").forEach((link) => link.remove());
  return text?.textContent.trim() ?? document.title;
}

const scrolls = (element) => element.scrollWidth > element.clientWidth;

function complete() {
  const wide = ".md-typeset__scrollwrap, .md-typeset p:has(> img)";
  document.querySelectorAll(wide).forEach((wrap, index) => {
    if (scrolls(wrap) && !wrap.hasAttribute("role")) {
      wrap.setAttribute("role", "region");
      wrap.setAttribute("aria-label", `Wide part ${index + 1}, in: ${title(wrap)}`);
      wrap.tabIndex = 0;
    } else if (!scrolls(wrap) && wrap.hasAttribute("role")) {
      ["role", "aria-label", "tabindex"].forEach((name) => wrap.removeAttribute(name));
    }
  });
  document.querySelectorAll("pre > code").forEach((code) => {
    if (scrolls(code)) code.tabIndex = 0;
  });
  document.querySelectorAll("nav.md-code__nav:not([role])").forEach((nav) => {
    nav.setAttribute("role", "group"); // a landmark for each block would be too many
    nav.setAttribute("aria-label", "Code");
  });
}

new MutationObserver(complete).observe(document.documentElement, {
  childList: true,
  subtree: true,
});
addEventListener("resize", complete);
addEventListener("load", complete);
complete();
