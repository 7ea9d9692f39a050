import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	Workflow,
} from 'n8n-workflow';

import { OktaUsersApi } from '../../credentials/OktaUsersApi.credentials';
import { ScimUsersApi } from '../../credentials/ScimUsersApi.credentials';
import { WixCrmApi } from '../../credentials/WixCrmApi.credentials';
import { YouTrackHubApi } from '../../credentials/YouTrackHubApi.credentials';

export type TestCredentials = Record<string, ICredentialDataDecryptedObject>;

const credentialTypes: Record<string, ICredentialType> = {
	oktaUsersApi: new OktaUsersApi(),
	scimUsersApi: new ScimUsersApi(),
	wixCrmApi: new WixCrmApi(),
	youTrackHubApi: new YouTrackHubApi(),
};

/** Decrypted data by credential type, served as n8n serves what it has stored. */
export function credentialsHelper(credentials: TestCredentials) {
	const authenticate = async (
		data: ICredentialDataDecryptedObject,
		type: string,
		options: IHttpRequestOptions,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> => {
		const { authenticate: generic } = credentialTypes[type];
		if (typeof generic !== 'object') return options;
		const headers: IDataObject = { ...options.headers };
		for (const [name, value] of Object.entries(generic.properties.headers ?? {})) {
			headers[name] = evaluate(workflow, node, String(value), data);
		}
		return { ...options, headers };
	};
	/** As n8n does it: a token that is missing, or was refused, is asked for anew, and stored. */
	const preAuthentication = async (
		helper: IHttpRequestHelper,
		data: ICredentialDataDecryptedObject,
		type: string,
		_node: INode,
		isExpired: boolean,
	) => {
		const credential = credentialTypes[type];
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
