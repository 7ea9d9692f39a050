import { Types } from 'scimmy';

/** What a handler of scimmy throws to refuse a call: scimmy makes the answer of it, and a 404 of any other error. */
export const refusal = (status: number, detail: string, scimType = ''): Error =>
	new Types.Error(status, scimType, detail);
