// Tailwind 4 is a PostCSS plugin. app/globals.css configures it.
export default { plugins: { '@tailwindcss/postcss': {} } };
