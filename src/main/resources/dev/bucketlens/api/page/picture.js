import { call, imagePath } from './api.js';
import { element, icon } from './view.js';

/** The photo, or a sign in its place. An address that has run out is asked for once more. */
export function picture(item, loading = 'lazy') {
  const sign = element('span', { class: 'no-picture' }, icon(item.status === 'REJECTED' ? 'broken' : 'picture'));
  if (!item.preview || item.status === 'REJECTED') return sign;
  const image = element('img', { alt: '', loading, decoding: 'async', src: item.preview });
  image.onerror = async () => {
    image.onerror = () => image.replaceWith(sign);
    const fresh = await call(imagePath(item.bucket, item.key)).catch(() => null);
    if (fresh?.answer.preview && fresh.answer.preview !== item.preview) image.src = fresh.answer.preview;
    else image.replaceWith(sign);
  };
  return image;
}
