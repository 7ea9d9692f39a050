import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestOptions,
	INode,
	Workflow,
} from 'n8n-workflow';

import { WixCrmApi } from '../../credentials/WixCrmApi.credentials';
import { YouTrackHubApi } from '../../credentials/YouTrackHubApi.credentials';

export type TestCredentials = Record<string, ICredentialDataDecryptedObject>;

const credentialTypes: Record<string, ICredentialType> = {
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
	return {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		authenticate,
		preAuthentication: async () => undefined,
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
