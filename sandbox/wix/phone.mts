import type { JsonObject } from '../../nodes/shared/contract/index';

const callingCodes: Record<string, string> = {
	AT: '43',
	CH: '41',
	DE: '49',
	ES: '34',
	FR: '33',
	GB: '44',
	IT: '39',
	NO: '47',
	US: '1',
};

/** `e164Phone` as Wix fills it: only when the item names its country and the number has a possible length. */
export function e164Of(item: JsonObject): string | undefined {
	const { countryCode, phone } = item;
	if (typeof phone !== 'string' || typeof countryCode !== 'string') return undefined;
	const code = callingCodes[countryCode];
	if (!code) return undefined;
	const digits = phone.replace(/\D/g, '');
	const number = phone.trim().startsWith('+') ? digits : code + digits.replace(/^0+/, '');
	return number.length >= 8 && number.length <= 15 ? `+${number}` : undefined;
}
