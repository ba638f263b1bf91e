'use client';
// The kitchen's list of sold-out dishes, with buttons of its size.
import { SoldOutSheet } from '../sold-out/sold-out-sheet.tsx';
import type { BoardSheetProps } from './sheet-props.ts';

export const KitchenSoldOutSheet = ({ onClose }: Pick<BoardSheetProps, 'onClose'>) => (
  <SoldOutSheet mayMark size="kitchen" onClose={onClose} />
);
