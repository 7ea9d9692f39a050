import { parsedUrl } from '../../../nodes/shared/parsedUrl';

export const isWebAddress = (text: string): boolean =>
	/^https?:$/.test(parsedUrl(text)?.protocol ?? '');
