import type { INodeProperties } from 'n8n-workflow';

const guid = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

interface Located {
	displayName: string;
	name: string;
	description: string;
	/** In `methods.listSearch`. */
	searchListMethod: string;
	idPlaceholder: string;
	/** The id is the first group. */
	url: string;
	urlPlaceholder: string;
}

/** A resource locator: from a list that can be searched, by ID, or by the address of a page in the Wix dashboard. */
export function locator(located: Located): INodeProperties {
	const noun = located.displayName.toLowerCase();
	return {
		displayName: located.displayName,
		name: located.name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: located.description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: located.searchListMethod, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: `e.g. ${located.idPlaceholder}`,
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '^\\s*[^\\s/?#]+\\s*$',
							errorMessage: `This is no ${noun} ID`,
						},
					},
				],
			},
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: `e.g. ${located.urlPlaceholder}`,
				extractValue: { type: 'regex', regex: located.url },
				validation: [
					{
						type: 'regex',
						properties: {
							regex: located.url,
							errorMessage: `This is no address of a ${noun} in the Wix dashboard`,
						},
					},
				],
			},
		],
	};
}

const dashboard = 'https?://[^/]+/dashboard/';
const exampleSite = '1d2c3b4a-5f6e-4789-8a9b-0c1d2e3f4a5b';
const exampleContact = '4f0c7a52-9d1e-4b7a-8a53-1c2d3e4f5a61';

export const contactLocator = locator({
	displayName: 'Contact',
	name: 'contactId',
	description: 'The contact to work on',
	searchListMethod: 'searchContacts',
	idPlaceholder: exampleContact,
	url: `${dashboard}[^/]+/contacts/(?:[\\w-]+/)*?(${guid}).*`,
	urlPlaceholder: `https://manage.wix.com/dashboard/${exampleSite}/contacts/view/${exampleContact}`,
});

export const labelLocator = locator({
	displayName: 'Label',
	name: 'labelKey',
	description: 'The label to work on',
	searchListMethod: 'searchLabels',
	idPlaceholder: 'custom.newsletter',
	// Which page of the dashboard shows a label is not documented: its key is whatever has a dot in it.
	url: `${dashboard}.*[/=]([\\w-]+(?:\\.|%2E)[^/?#&\\s]+).*`,
	urlPlaceholder: `https://manage.wix.com/dashboard/${exampleSite}/contacts?label=custom.newsletter`,
});

export const siteLocator = locator({
	displayName: 'Site',
	name: 'siteId',
	description: 'The site to look up',
	searchListMethod: 'searchSites',
	idPlaceholder: exampleSite,
	url: `${dashboard}(${guid}).*`,
	urlPlaceholder: `https://manage.wix.com/dashboard/${exampleSite}/home`,
});
