// Tailwind 4 is a PostCSS plugin; what it may use is said in app/globals.css.
export default { plugins: { '@tailwindcss/postcss': {} } };
