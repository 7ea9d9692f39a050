/** The nodes of this package, as n8n knows them once it is installed. */
export const type = {
	wixCrm: 'n8n-nodes-wix-user-sync.wixCrm',
	targetUsers: 'n8n-nodes-wix-user-sync.targetUsers',
	matchAndMap: 'n8n-nodes-wix-user-sync.matchAndMap',
	wixTrigger: 'n8n-nodes-wix-user-sync.wixCrmTrigger',
	usersTrigger: 'n8n-nodes-wix-user-sync.targetUsersTrigger',
} as const;

/** What the workflows of one data flow say and do in its own way. */
export interface FlowWords {
	flow: 'contacts' | 'members';
	resource: 'contact' | 'member';
	preset: 'contactsAndUsers' | 'membersAndUsers';
	/** Follows a step's name where one workflow holds both flows. */
	suffix: string;
}

export const contacts: FlowWords = {
	flow: 'contacts',
	resource: 'contact',
	preset: 'contactsAndUsers',
	suffix: '',
};

export const members: FlowWords = {
	flow: 'members',
	resource: 'member',
	preset: 'membersAndUsers',
	suffix: '',
};

/** The same flow beside the other one: its steps bear its name. */
export const besideTheOther = (words: FlowWords): FlowWords => ({
	...words,
	suffix: ` (${words.flow})`,
});

/** Text of an expression that names a step's items. */
export const stepRef = (name: string) => `$(${JSON.stringify(name)})`;

export const timeStep = ({ suffix }: FlowWords) => `Note the time${suffix}`;
export const linksStep = ({ suffix }: FlowWords) => `Get links${suffix}`;
