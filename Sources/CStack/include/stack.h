/// Where the stack of the running thread stands.
#ifndef THR_STACK_H
#define THR_STACK_H

/// An address in the frame of the calling function.
///
/// The address of a local variable would not do: AddressSanitizer keeps locals on a stack of its own.
static inline const void *_Nonnull thr_stack_position(void) { return __builtin_frame_address(0); }

#endif
