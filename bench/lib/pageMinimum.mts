import { largestPage as contactsInPage } from '../../nodes/WixCrm/records/contactPages';
import { largestPage as usersInPage } from '../../nodes/TargetUsers/systems/hub/users';

/** The calls without which nobody reads so many records, a side. */
export const pageMinimum = (contacts: number, users: number) => ({
	wix: Math.ceil(contacts / contactsInPage),
	users: Math.ceil(users / usersInPage),
});
