import { call, imagePath } from './api.js';
import { ago, element, nameOf, percent } from './view.js';

const DAYS = 7;
const LABELS = 12;
/** Each is shown with its photo, which is asked for by itself. */
const DISAGREEMENTS = 12;
const byId = (id) => document.getElementById(id);
const view = byId('watch');

/** How the model fares on what comes, and a model on trial beside it. */
export async function openWatch() {
  const [{ answer: quality }, { answer: comparison }] = await Promise.all([call('quality'), call('comparison')]);
  byId('watch-drift').replaceChildren(...drift(quality.drift));
  byId('watch-trial').replaceChildren(...trial(comparison));
  view.showModal();
}

function drift({ counted, complete, validation, expectedAccuracy, lowConfidence, days, labels }) {
  if (counted === 0) return [element('p', {}, 'This model has scored nothing yet.')];
  const below = percent(validation?.lowConfidenceBelow ?? 0.5);
  const photos = `${complete ? '' : 'the newest '}${count(counted)}`;
  return [
    element('p', {}, `Expected accuracy of ${photos}: ${share(expectedAccuracy)}. Scores below ${below}: ${share(lowConfidence)}.`),
    element('p', {}, validation
      ? `In the validation, of ${count(validation.photos)}: ${share(validation.confidence)} and ${share(validation.lowConfidence)}.`
      : 'The manifest tells of no validation, so there is nothing to hold this against.'),
    table('The last days', ['Day', 'Photos', 'Expected accuracy', 'Low scores'],
      days.slice(0, DAYS).map((day) => [day.day, day.counted, share(day.expectedAccuracy), share(day.lowConfidence)])),
    table('What they show', validation ? ['Label', 'Now', 'Validation'] : ['Label', 'Now'],
      labels.slice(0, LABELS).map((label) => validation
        ? [label.label, share(label.share), share(label.validation)]
        : [label.label, share(label.share)])),
  ];
}

function trial({ compared, agreement, model, shadow, since, disagreements }) {
  if (compared === 0) return [element('p', {}, 'No model is on trial, or it has scored nothing yet (ShadowModel, ShadowPercent).')];
  const found = element('p', {}, `${named(shadow)} agrees with ${named(model)} on ${percent(agreement)} of `
    + `${count(compared)}, the first of them ${ago(since)}.`);
  const list = element('ul', { class: 'disagreements', role: 'list' });
  list.append(...disagreements.slice(0, DISAGREEMENTS).map(disagreement));
  return disagreements.length === 0 ? [found] : [found, list];
}

function disagreement({ image, label, score, shadowLabel, shadowScore }) {
  const [bucket, key] = image.slice('s3://'.length).split(/\/(.*)/s);
  const link = element('a', { target: '_blank', rel: 'noopener' }, nameOf({ key }));
  picture(link, bucket, key).catch(() => {});
  return element('li', {}, link,
    element('span', {}, `model: ${said(label, score)}`), element('span', {}, `on trial: ${said(shadowLabel, shadowScore)}`));
}

/** A photo that cannot be shown keeps its name. */
async function picture(link, bucket, key) {
  const { answer: item } = await call(imagePath(bucket, key));
  if (!item.preview) return;
  link.href = item.preview;
  link.replaceChildren(element('img', { alt: '', src: item.preview, decoding: 'async' }), nameOf(item));
}

function said(label, score) {
  return label === null ? 'not sure enough' : `${label} ${percent(score)}`;
}

function count(photos) {
  return photos === 1 ? '1 photo' : `${photos.toLocaleString('en')} photos`;
}

function share(value) {
  return value === null ? 'unknown' : percent(value);
}

function named({ name, hash }) {
  return `${name} (${hash})`;
}

function table(caption, heads, rows) {
  const row = (kind, cells) => element('tr', {}, ...cells.map((cell) => element(kind, {}, String(cell))));
  return element('table', {}, element('caption', {}, caption),
    element('thead', {}, row('th', heads)), element('tbody', {}, ...rows.map((cells) => row('td', cells))));
}

byId('watch-close').onclick = () => view.close();
