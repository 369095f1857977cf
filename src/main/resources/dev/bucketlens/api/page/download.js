import { patiently, text } from './api.js';
import { say } from './view.js';

const PAGE = 100;
const END = '\r\n';
const button = document.getElementById('download');
const progress = document.getElementById('download-progress');
let running = null;

/** Takes the whole list that the filters leave, page by page, as one CSV file; a second call stops it. */
export async function download(filters) {
  if (running) {
    running.abort();
    return;
  }
  running = new AbortController();
  button.textContent = 'Stop';
  try {
    const pages = await all(filters);
    save(new Blob(pages, { type: 'text/csv' }));
    say('The list is downloaded');
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
    progress.textContent = 'Stopped';
  } finally {
    running = null;
    button.textContent = 'Download';
  }
}

async function all(filters) {
  const query = new URLSearchParams({ format: 'csv', limit: PAGE });
  for (const [name, value] of Object.entries(filters)) if (value) query.set(name, value);
  const pages = [];
  let photos = 0;
  for (let next = `?${query}`; next;) {
    const page = await patiently(() => text(`images${next}`, running.signal));
    // Each page begins with the header.
    pages.push(pages.length === 0 ? page.body : page.body.slice(page.body.indexOf(END) + END.length));
    photos += lines(page.body) - 1;
    progress.textContent = `${photos.toLocaleString('en')} photos${page.next ? ' so far' : ''}`;
    next = page.next;
  }
  return pages;
}

/** A key in quotes may have line ends of its own. */
function lines(csv) {
  return csv.replace(/"[^"]*"/g, '').split(END).length - 1;
}

function save(file) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = 'images.csv';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
