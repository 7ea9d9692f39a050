import type { Words } from './shapes.mts';

/**
 * Each reason as a person reads it. `elsewhere` stands where the matter is settled in one of the two systems, or in the sync
 * workflow; what the form offers beside it only leaves records alone. {pair} and {record} are filled in by `offersOf`.
 */
export const words: Words = {
	reasons: {
		guard: {
			title: 'A run was stopped: it would change too much',
			means: 'The sync planned more changes than its guard allows, and wrote nothing.',
			elsewhere:
				'This is not decided here. Open the report of the sync workflow and look at what it would do. If all of it is meant, copy the plan code from the text above into the sync workflow: step Settings, "Approved plan". Then run it. The code lets exactly this plan through. If an empty list stopped the run, check the credential and the filters of the step that reads this side.',
		},
		badLink: {
			title: 'A row of the links table cannot be used',
			means:
				'The row holds something that the sync does not understand or that cannot be true. It is left alone.',
			elsewhere:
				'You can also correct the row by hand: in n8n under Data tables, wix_user_sync_links.',
		},
		linkedTwice: {
			title: 'One record is linked twice',
			means: 'The same record stands in more than one link. All of them are left alone.',
		},
		linkedInOtherFlow: {
			title: 'A person is linked as contact and as member',
			means: 'Two data flows would write to one user. The link of the contact is left alone.',
		},
		mergedIntoLinked: {
			title: 'A record was merged into one that is linked already',
			means: 'Two links now lead to one record. Keep the one that is right.',
			elsewhere:
				'Afterwards, merge or remove the record that is left over, in the system where it is.',
		},
		ambiguous: {
			title: 'Not certain who is who',
			means: 'Several records hold the same address, so none of them was linked.',
			elsewhere:
				'If the same person was entered twice, it is best to merge the two records in their own system: what is left links by itself.',
		},
		bothEdited: {
			title: 'Edited on both sides',
			means: 'The same field was changed on both sides, to different values.',
		},
		firstLinkDiffers: {
			title: 'A new link whose sides differ',
			means:
				'The two belong together but hold different values, and nobody knows yet which is right.',
		},
		emptied: {
			title: 'Emptied on one side',
			means:
				'A value was taken out on one side. An empty value never replaces another, so nothing was written.',
			elsewhere: 'To have it empty on both sides, empty the other side by hand.',
		},
		refused: {
			title: 'One side refused the new value',
			means: 'The value could not be written, and the other side was left as it is.',
			elsewhere:
				'You can also change one of the two sides by hand. The login email of a site member is changed by the member alone.',
		},
		notTaken: {
			title: 'Accepted, but never shown',
			means:
				'A system took a new value days ago and still shows the old one. Perhaps the address waits for a confirmation there.',
		},
		addressTaken: {
			title: 'The address belongs to somebody else',
			means: 'The new address is held by another record of the same system, so it was not written.',
			elsewhere:
				'This is settled in the system where the address is taken: change or merge the record that holds it, or enter another address. The next run goes on by itself.',
		},
		vanished: {
			title: 'A record is gone',
			means:
				'A linked record was deleted. The other one was left as it is, and the two are no longer linked.',
			elsewhere: 'If the person left, delete or deactivate the other record in its own system.',
		},
		badValue: {
			title: 'A value that cannot be used',
			means: 'A field holds something that is no proper value, so the record was left alone.',
			elsewhere:
				'This is settled in the system that holds the field: correct it there. The next run takes it.',
		},
	},
	answers: {
		wixWins: {
			label: 'Wix is right: the user gets what Wix holds',
			saved: 'Wix is right. The user gets what Wix holds.',
		},
		usersWin: {
			label: 'The user is right: Wix gets what the user holds',
			saved: 'The user is right. Wix gets what the user holds.',
		},
		usersWinMember: {
			label:
				'The user is right: Wix gets what the user holds (Wix refuses that for most login emails)',
			saved: 'The user is right. Wix gets what the user holds, if it permits that.',
		},
		link: { label: 'The same person: link {pair}', saved: '{pair} are linked.' },
		apart: {
			label: 'Different people: never link {pair}',
			saved: '{pair} are kept apart. Each can still be linked with others.',
		},
		allApart: {
			label: 'All of them are different people: link none',
			saved: 'All of them are kept apart from each other.',
		},
		separate: {
			label: 'Different people: unlink {pair} and keep them apart',
			saved: '{pair} are no longer linked and are kept apart.',
		},
		leaveLink: {
			label: 'Stop syncing {pair}: leave both alone',
			saved: '{pair} are left alone from now on.',
		},
		leaveOne: {
			label: 'Leave {record} alone from now on',
			saved: '{record} is left alone from now on.',
		},
		keep: {
			label: 'Keep {link}, remove the others',
			saved: 'Only {link} is kept.',
		},
		remove: { label: 'Remove {link} from the links table', saved: '{link} is removed.' },
		seen: {
			label: 'I have seen it: take it off the list',
			saved: 'The matter is off the list.',
		},
	},
	later: 'Decide later: back to the list',
	finish: 'Finish',
	nextRun:
		'It takes effect with the next run of the sync. If a run is going on right now, with the one after it. If something is left to decide, it is listed again then.',
};
