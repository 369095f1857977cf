/** What the server decodes. Anything else that the browser can show is sent as a JPEG of what it shows. */
const DECODED = new Set(['jpeg', 'png', 'webp', 'avif', 'gif', 'bmp', 'tiff'].map((format) => `image/${format}`));

/** Pixels that every browser's canvas takes. */
const MOST_PIXELS = 16_000_000;

const QUALITY = 0.92;

/**
 * Returns the file, or a JPEG of the same name in its place: of HEIC in Safari, which iPhones make, of drawings and icons.
 * It is upright, because browsers show it so. What the browser cannot show either is sent as it is, for the server to name.
 */
export async function decodable(file) {
  if (DECODED.has(file.type) || (file.type && !file.type.startsWith('image/'))) return file;
  const address = URL.createObjectURL(file);
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const jpeg = await drawn(picture);
    return jpeg ? new File([jpeg], file.name, { type: jpeg.type }) : file;
  } catch {
    return file;
  } finally {
    URL.revokeObjectURL(address);
  }
}

function drawn(picture) {
  const { naturalWidth: width, naturalHeight: height } = picture;
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)));
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(width * scale);
  canvas.height = Math.floor(height * scale);
  const paper = canvas.getContext('2d');
  paper.fillStyle = '#fff';
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => { canvas.toBlob(resolve, 'image/jpeg', QUALITY); });
}
