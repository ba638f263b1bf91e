// The shortest password that the server takes (server/auth/passwords.ts says the rest).
export const PASSWORD_MIN = 12;
