import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	Workflow,
} from 'n8n-workflow';

import { valueNamed } from '../../runtime/entries.mts';
import { OktaUsersApi } from '../../credentials/OktaUsersApi.credentials';
import { ScimUsersApi } from '../../credentials/ScimUsersApi.credentials';
import { WixCrmApi } from '../../credentials/WixCrmApi.credentials';
import { YouTrackHubApi } from '../../credentials/YouTrackHubApi.credentials';

export type TestCredentials = Record<string, ICredentialDataDecryptedObject>;

export const credentialTypes: Record<string, ICredentialType> = {
	oktaUsersApi: new OktaUsersApi(),
	scimUsersApi: new ScimUsersApi(),
	wixCrmApi: new WixCrmApi(),
	youTrackHubApi: new YouTrackHubApi(),
};

/** A request as a credential signs it. */
export async function signed(
	{ authenticate }: ICredentialType,
	data: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	if (typeof authenticate !== 'function') throw new Error('Expressions need an evaluator');
	return await authenticate(data, options);
}

/** The headers that a credential adds to a request that has one already. */
export const headersOf = async (
	credential: ICredentialType,
	data: ICredentialDataDecryptedObject,
): Promise<IDataObject | undefined> =>
	(await signed(credential, data, { url: 'https://example.com', headers: { Accept: 'a' } }))
		.headers;

/** Decrypted data by credential type, served as n8n serves what it has stored. */
export function credentialsHelper(credentials: TestCredentials) {
	const authenticate = async (
		data: ICredentialDataDecryptedObject,
		type: string,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => await signed(valueNamed(credentialTypes, type), data, options);
	/** As n8n does it: a token that is missing, or was refused, is asked for anew, and stored. */
	const preAuthentication = async (
		helper: IHttpRequestHelper,
		data: ICredentialDataDecryptedObject,
		type: string,
		_node: INode,
		isExpired: boolean,
	) => {
		const credential = valueNamed(credentialTypes, type);
		const token = credential.properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		)?.name;
		if (token === undefined || (data[token] !== '' && !isExpired)) return undefined;
		const output = await credential.preAuthentication?.call(helper, data);
		if (output?.[token] === undefined) return undefined;
		credentials[type] = { ...credentials[type], ...output } as ICredentialDataDecryptedObject;
		return Object.assign(data, output);
	};
	return {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		authenticate,
		preAuthentication,
		runPreAuthentication: async () => undefined,
		getDecrypted: async (_data: unknown, _node: unknown, type: string) => {
			const found = credentials[type];
			if (found === undefined) throw new Error(`The test gave no credential of type ${type}`);
			return { ...found };
		},
		getCredentials: async () => {
			throw new Error('not needed in tests');
		},
		updateCredentials: async () => {},
		updateCredentialsOauthTokenData: async () => {},
		getCredentialsProperties: (type: string) => credentialTypes[type]?.properties ?? [],
	};
}

/** An expression in a credential, with its data as `$credentials`. */
export function evaluate(
	workflow: Workflow,
	node: INode,
	value: string,
	data: ICredentialDataDecryptedObject,
): string {
	return String(
		workflow.expression.getSimpleParameterValue(
			node,
			value,
			'internal',
			{ $credentials: data },
			undefined,
			'',
		),
	);
}
