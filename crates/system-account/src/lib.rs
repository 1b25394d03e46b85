//! What people do about themselves: register, sign in, my page, my data, acting for others, letters.
