const ICONS = {
  picture: 'M4 5h16v14H4zM4 16l5-4 4 3 3-3 4 4M9 9h.01',
  link: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
  broken: 'M4 5h16v6l-4 3-4-3-4 3-4-2zM4 16l4 2 4-3 4 3 4-3v4H4z',
};

/** Builds an element; texts are always texts, never markup. */
export function element(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === 'class') node.className = value;
    else if (key.includes('-') || key === 'role') node.setAttribute(key, value);
    else node[key] = value;
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

export function percent(score) {
  if (score > 0 && score < 0.0005) return '< 0.1 %';
  return score >= 0.0995 ? `${Math.round(score * 100)} %` : `${(score * 100).toFixed(1)} %`;
}

export function track(score) {
  const fill = element('span', { class: 'fill' });
  fill.style.width = `${Math.max(0, Math.min(1, score)) * 100}%`;
  return element('span', { class: 'track', 'aria-hidden': 'true' }, fill);
}

/** A list of labels with their scores as text and as bars. */
export function bars(scores) {
  const list = element('ul', { class: 'bars', role: 'list' });
  for (const { label, score } of scores) {
    list.append(element('li', {},
      element('span', { class: 'name', title: label }, label),
      element('span', { class: 'percent' }, percent(score)),
      track(score)));
  }
  return list;
}

/** What is not quite right with a photo that was scored all the same. */
export function warnings({ warnings: sentences = [] }) {
  return sentences.map((sentence) => element('span', { class: 'warning' }, sentence));
}

/** "3 minutes ago", or the date of what is older than a day. */
export function ago(instant, now = Date.now()) {
  const seconds = Math.max(0, (now - Date.parse(instant)) / 1000);
  if (seconds < 10) return 'just now';
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  if (seconds < 60) return words.format(-Math.round(seconds), 'second');
  if (seconds < 3600) return words.format(-Math.round(seconds / 60), 'minute');
  if (seconds < 86400) return words.format(-Math.round(seconds / 3600), 'hour');
  return new Date(instant).toLocaleDateString('en', { dateStyle: 'medium' });
}

export function bytes(count) {
  if (count < 1000) return `${count} bytes`;
  if (count < 1e6) return `${Math.round(count / 1000)} kB`;
  return `${(count / 1e6).toFixed(1)} MB`;
}

export function fileName(key) {
  return key.slice(key.lastIndexOf('/') + 1);
}

/** What its user calls an image; the keys of uploads are random. */
export function nameOf(item) {
  return item.fileName ?? fileName(item.key);
}

/** Tells a screen reader what just happened. */
export function say(sentence) {
  document.getElementById('said').textContent = sentence;
}
