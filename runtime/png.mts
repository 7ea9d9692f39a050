import sharp from 'sharp';

/** Writes a screenshot as a PNG with a palette, a third of its size: what the editor draws has few colours. */
export async function savePng(path: string, screenshot: Buffer): Promise<void> {
	await sharp(screenshot).png({ palette: true, effort: 10, dither: 0 }).toFile(path);
}
