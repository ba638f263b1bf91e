'use client';
export { BrokenPage as default } from '../components/front/broken-page.tsx';
