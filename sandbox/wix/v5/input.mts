import type { JsonObject, JsonValue } from '../../../nodes/shared/contract/index';
import { isJsonObject } from '../../../nodes/shared/paths';
import type { Behaviour } from '../../control/behaviour.mts';
import { checkEmail, checkText } from '../contactInput.mts';
import { applicationError, validationError } from '../errors.mts';
import { addressKey } from '../types.mts';
import { maxAdditional } from './view.mts';

const phoneTags = ['OTHER', 'MAIN', 'HOME', 'MOBILE', 'WORK', 'FAX'];
const addressTags = ['OTHER', 'HOME', 'WORK', 'BILLING', 'SHIPPING'];
const maxAddresses = 50;
/** Lists that are v4's and the members': v5 has none of these names. */
const foreignLists = ['emails', 'phones', 'info'];

function objectAt(parent: JsonObject, key: string, field: string): JsonObject | undefined {
	const value = parent[key];
	if (value === undefined || value === null) return undefined;
	if (!isJsonObject(value)) throw validationError(field, 'Expected an object', 'TYPE');
	return value;
}

function listAt(parent: JsonObject, key: string, field: string, maximum: number): JsonObject[] {
	const value = parent[key];
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value)) throw validationError(field, 'Expected a list', 'TYPE');
	if (value.length > maximum) {
		throw validationError(field, `has more than ${maximum} items`, 'MAX_SIZE', {
			threshold: maximum,
		});
	}
	return value.map((entry, index) => {
		if (isJsonObject(entry)) return entry;
		throw validationError(`${field}[${index}]`, 'Expected an object', 'TYPE');
	});
}

function checkTag(tag: JsonValue | undefined, tags: string[], field: string): void {
	if (tag === undefined || (typeof tag === 'string' && tags.includes(tag))) return;
	throw validationError(`${field}.tag`, `must be one of ${tags.join(', ')}`, 'ENUM');
}

function checkPhone(phone: JsonObject, field: string): void {
	checkTag(phone.tag, phoneTags, field);
	if (phone.phone === '' || phone.phone === null) return;
	if (typeof phone.phone !== 'string') {
		throw validationError(`${field}.phone`, 'must be a string', 'TYPE');
	}
	checkText(`${field}.phone`, phone.phone, 50);
}

function checkAddress(item: JsonObject, field: string): void {
	checkTag(item.tag, addressTags, field);
	const address = objectAt(item, 'address', `${field}.address`) ?? {};
	const { subdivision } = address;
	// The shape of ISO 3166-2: a country, a hyphen, up to three characters.
	if (subdivision && !/^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(String(subdivision))) {
		throw validationError(`${field}.address.subdivision`, 'must be an ISO 3166-2 code', 'FORMAT');
	}
	if (address.streetAddress !== undefined && address.addressLine1 !== undefined) {
		throw validationError(`${field}.address`, 'has both a street and a line', 'OTHER');
	}
}

const mainText = (contact: JsonObject, key: 'email' | 'phone'): string => {
	const main = contact[key];
	const value = isJsonObject(main) ? main[key] : undefined;
	return typeof value === 'string' ? value.trim() : '';
};

function refuseDoubles(keys: string[], code: string, what: string): void {
	if (new Set(keys).size === keys.length) return;
	throw applicationError(400, code, `The contact has the same ${what} twice.`);
}

function checkScalars(contact: JsonObject): void {
	const name = objectAt(contact, 'name', 'contact.name') ?? {};
	for (const part of ['first', 'last']) checkText(`contact.name.${part}`, name[part], 1000);
	const company = objectAt(contact, 'company', 'contact.company') ?? {};
	for (const part of ['name', 'jobTitle'])
		checkText(`contact.company.${part}`, company[part], 1000);
	checkText('contact.externalId', contact.externalId, 100);
	for (const key of ['locale', 'timeZone', 'assigneeId']) {
		checkText(`contact.${key}`, contact[key], 1000);
	}
}

function checkMoments(contact: JsonObject): void {
	const { birthdate, timeZone } = contact;
	if (birthdate && !(typeof birthdate === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(birthdate))) {
		throw applicationError(400, 'INVALID_BIRTHDATE', 'The birthdate must be YYYY-MM-DD.');
	}
	if (typeof timeZone === 'string' && timeZone !== '' && !isTimeZone(timeZone)) {
		throw applicationError(400, 'INVALID_TIME_ZONE', 'The time zone is unknown.');
	}
}

function isTimeZone(name: string): boolean {
	try {
		return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
	} catch {
		return false;
	}
}

/**
 * `{contact}` of a v5 body. Throws Wix's 400 for what breaks a field's rule. Names that v5 does not know are passed over, v4's
 * lists among them, as has been seen; a switch refuses those instead.
 */
export function readContact(body: JsonObject, behaviour: Behaviour): JsonObject {
	const contact = objectAt(body, 'contact', 'contact');
	if (!contact) throw validationError('contact', 'Expected an object', 'REQUIRED_FIELD');
	const foreign = foreignLists.find((name) => contact[name] !== undefined);
	if (foreign && behaviour.v5ForeignLists === 'refused') {
		throw validationError(`contact.${foreign}`, 'Expected an object', 'TYPE');
	}
	checkScalars(contact);
	const email = objectAt(contact, 'email', 'contact.email');
	if (email && email.email !== '' && email.email !== null) {
		checkEmail('contact.email.email', email.email);
	}
	listAt(contact, 'additionalEmails', 'contact.additionalEmails', maxAdditional).forEach(
		(item, index) => checkEmail(`contact.additionalEmails[${index}].email`, item.email),
	);
	const phone = objectAt(contact, 'phone', 'contact.phone');
	if (phone) checkPhone(phone, 'contact.phone');
	listAt(contact, 'additionalPhones', 'contact.additionalPhones', maxAdditional).forEach(
		(item, index) => checkPhone(item, `contact.additionalPhones[${index}]`),
	);
	listAt(contact, 'addresses', 'contact.addresses', maxAddresses).forEach((item, index) =>
		checkAddress(item, `contact.addresses[${index}]`),
	);
	checkMoments(contact);
	return contact;
}

/** The rules that hold for a whole contact as it would become: nothing twice, and no further value without a main one. */
export function checkWhole(contact: JsonObject): void {
	const emails = listAt(contact, 'additionalEmails', 'contact.additionalEmails', maxAdditional);
	const phones = listAt(contact, 'additionalPhones', 'contact.additionalPhones', maxAdditional);
	const email = mainText(contact, 'email');
	const phone = mainText(contact, 'phone');
	const name = isJsonObject(contact.name) ? contact.name : {};
	if (email === '' && emails.length > 0) {
		throw applicationError(400, 'EMAIL_REQUIRED', 'Set the main email first.');
	}
	if (phone === '' && phones.length > 0) {
		throw applicationError(400, 'PHONE_REQUIRED', 'Set the main phone first.');
	}
	refuseDoubles(
		[addressKey(email), ...emails.map((item) => addressKey(item.email))],
		'DUPLICATE_EMAIL',
		'email',
	);
	refuseDoubles([phone, ...phones.map((item) => String(item.phone))], 'DUPLICATE_PHONE', 'phone');
	const addresses = listAt(contact, 'addresses', 'contact.addresses', maxAddresses);
	if (addresses.filter((item) => item.defaultAddress === true).length > 1) {
		throw applicationError(
			400,
			'MULTIPLE_DEFAULT_ADDRESSES',
			'Only one address can be the default.',
		);
	}
	if (!name.first && !name.last && email === '' && phone === '') {
		throw applicationError(
			400,
			'INSUFFICIENT_CONTACT_DATA',
			'A contact needs a name, an email or a phone.',
		);
	}
}
