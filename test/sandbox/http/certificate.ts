/**
 * A certificate for 127.0.0.1 that nothing trusts but this test, and its key: Node makes keys, and no
 * certificates. Made by `openssl req -x509 -newkey ec … -days 36500`.
 */
export const certificate = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgkZvZbM5SpxH7E3CX
TS88EOyPCT7C8gpM5c+T7HyaqLuhRANCAARlkS87/lgObaJKaQ1T+zm3keLae1/U
aG6mdvgpsaXwqazaSKKCd28cdCUNaLk+hjHHh+WGPbLiVfbP2Xrw1HK4
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBkTCCATagAwIBAgIULsdtKd+6Ws+9hrhU9JI7kei7a7wwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyNzIxNTY0NFoYDzIxMjYxMTAz
MjE1NjQ0WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARlkS87/lgObaJKaQ1T+zm3keLae1/UaG6mdvgpsaXwqazaSKKCd28c
dCUNaLk+hjHHh+WGPbLiVfbP2Xrw1HK4o2QwYjAdBgNVHQ4EFgQUkrjjyv/Zzx0E
zxefLx4f5PrSIWEwHwYDVR0jBBgwFoAUkrjjyv/Zzx0EzxefLx4f5PrSIWEwDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0kAMEYC
IQDs0PNfaKComoplOmqAFSsiI5z033Qx8j+fkk2i2NOE9AIhAMPRnfX94PidARrQ
52FM8mBLQ9gyXYNhmZ0N+AJZu8CK
-----END CERTIFICATE-----
`,
};
