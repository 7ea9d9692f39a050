import type { Api } from '../../shared/Api';
import { clock } from '../../shared/clock';
import { queryContactsOnce } from '../records/contactQuery';

/** What Wix's clock shows, or ours where it does not tell; milliseconds since 1970. Throws when Wix cannot be asked. */
export async function serverNow(api: Api): Promise<number> {
	const asked = await queryContactsOnce(api, { filter: {}, limit: 1, fieldsets: ['BASIC'] });
	if (!asked.ok && api.serverTime === undefined) throw api.toError(asked.failure, 0);
	return api.serverTime ?? clock.now();
}
