// What differs between architectures. Each section gives three things:
//
//   START          the entry point: hand the initial stack pointer to begin(),
//                  with the stack aligned as the ABI wants it and with the
//                  frame chain ended, so that debuggers know where to stop
//   SIGNAL_RETURN  where a handler returns to, on those architectures whose
//                  kernel needs (amd64) or may need (a kernel without a vDSO)
//                  the program to bring it; the others find it in the vDSO
//   system_call()  up to four arguments; the result is -errno on failure

#ifndef ARCH_H
#define ARCH_H

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

static inline long system_call(long number, long a, long b, long c, long d);

#if defined(__x86_64__)

#define START \
    "xor %ebp, %ebp\n" \
    "mov %rsp, %rdi\n" \
    "and $-16, %rsp\n" \
    "call begin\n"

#define SIGNAL_RETURN \
    "mov $" TEXT(__NR_rt_sigreturn) ", %eax\n" \
    "syscall\n"

static inline long system_call(long number, long a, long b, long c, long d)
{
    register long r10 __asm__("r10") = d;
    long result;
    __asm__ volatile("syscall"
             : "=a"(result)
             : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10)
             : "rcx", "r11", "memory");
    return result;
}

#elif defined(__i386__)

// The argument goes on the stack: 12 bytes below it keep the call aligned.
#define START \
    "xor %ebp, %ebp\n" \
    "mov %esp, %eax\n" \
    "and $-16, %esp\n" \
    "sub $12, %esp\n" \
    "push %eax\n" \
    "call begin\n"

#define SIGNAL_RETURN \
    "mov $" TEXT(__NR_rt_sigreturn) ", %eax\n" \
    "int $0x80\n"

static inline long system_call(long number, long a, long b, long c, long d)
{
    long result;
    __asm__ volatile("int $0x80"
             : "=a"(result)
             : "a"(number), "b"(a), "c"(b), "d"(c), "S"(d)
             : "memory");
    return result;
}

#elif defined(__aarch64__)

#define START \
    "mov x29, #0\n" \
    "mov x30, #0\n" \
    "mov x0, sp\n" \
    "and sp, x0, #-16\n" \
    "b begin\n"

static inline long system_call(long number, long a, long b, long c, long d)
{
    register long x8 __asm__("x8") = number;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    __asm__ volatile("svc #0"
             : "+r"(x0)
             : "r"(x8), "r"(x1), "r"(x2), "r"(x3)
             : "memory");
    return x0;
}

#elif defined(__arm__)

// EABI, in ARM state: r7 carries the number and would be Thumb's frame pointer.
#define START \
    "mov fp, #0\n" \
    "mov lr, #0\n" \
    "mov r0, sp\n" \
    "bic sp, sp, #7\n" \
    "b begin\n"

#define SIGNAL_RETURN \
    "mov r7, #" TEXT(__NR_rt_sigreturn) "\n" \
    "svc #0\n"

static inline long system_call(long number, long a, long b, long c, long d)
{
    register long r7 __asm__("r7") = number;
    register long r0 __asm__("r0") = a;
    register long r1 __asm__("r1") = b;
    register long r2 __asm__("r2") = c;
    register long r3 __asm__("r3") = d;
    __asm__ volatile("svc #0"
             : "+r"(r0)
             : "r"(r7), "r"(r1), "r"(r2), "r"(r3)
             : "memory");
    return r0;
}

#elif defined(__powerpc64__) && defined(__LITTLE_ENDIAN__) && _CALL_ELF == 2

// begin is entered behind its own TOC set-up, so r2 must be right before the
// branch. It comes from the program counter: r12 is not promised here. 32
// bytes are the smallest ELFv2 frame, and its back chain is zero.
#define START \
    "bcl 20, 31, 1f\n" \
    "1: mflr 2\n" \
    "addis 2, 2, .TOC.-1b@ha\n" \
    "addi 2, 2, .TOC.-1b@l\n" \
    "mr 3, 1\n" \
    "clrrdi 1, 1, 4\n" \
    "li 0, 0\n" \
    "stdu 0, -32(1)\n" \
    "mtlr 0\n" \
    "bl begin\n" \
    "nop\n"

// A failure is a positive errno with the summary overflow bit set: without the
// negation, wait4's "no children" would read as the PID of one more child.
static inline long system_call(long number, long a, long b, long c, long d)
{
    register long r0 __asm__("r0") = number;
    register long r3 __asm__("r3") = a;
    register long r4 __asm__("r4") = b;
    register long r5 __asm__("r5") = c;
    register long r6 __asm__("r6") = d;
    __asm__ volatile("sc\n"
             "bns+ 1f\n"
             "neg 3, 3\n"
             "1:"
             : "+r"(r0), "+r"(r3), "+r"(r4), "+r"(r5), "+r"(r6)
             :
             : "r7", "r8", "r9", "r10", "r11", "r12", "cr0",
               "ctr", "xer", "memory");
    return r3;
}

#elif defined(__s390x__)

// A callee saves its registers in the 160 bytes above its caller's r15.
#define START \
    "lgr %r2, %r15\n" \
    "aghi %r15, -160\n" \
    "xc 0(8, %r15), 0(%r15)\n" \
    "lghi %r14, 0\n" \
    "jg begin\n"

#define SIGNAL_RETURN \
    "svc " TEXT(__NR_rt_sigreturn) "\n"

static inline long system_call(long number, long a, long b, long c, long d)
{
    register long r1 __asm__("r1") = number;
    register long r2 __asm__("r2") = a;
    register long r3 __asm__("r3") = b;
    register long r4 __asm__("r4") = c;
    register long r5 __asm__("r5") = d;
    __asm__ volatile("svc 0"
             : "+d"(r2)
             : "d"(r1), "d"(r3), "d"(r4), "d"(r5)
             : "cc", "memory");
    return r2;
}

#elif defined(__riscv) && __riscv_xlen == 64

#define START \
    "li s0, 0\n" \
    "li ra, 0\n" \
    "mv a0, sp\n" \
    "andi sp, sp, -16\n" \
    "tail begin\n"

static inline long system_call(long number, long a, long b, long c, long d)
{
    register long a7 __asm__("a7") = number;
    register long a0 __asm__("a0") = a;
    register long a1 __asm__("a1") = b;
    register long a2 __asm__("a2") = c;
    register long a3 __asm__("a3") = d;
    __asm__ volatile("ecall"
             : "+r"(a0)
             : "r"(a7), "r"(a1), "r"(a2), "r"(a3)
             : "memory");
    return a0;
}

#else
#error "no section for this architecture"
#endif

#define ROUTINE(name, body) \
    __asm__(".section .text." #name ", \"ax\"\n" \
        ".balign 4\n" \
        ".globl " #name "\n" \
        ".type " #name ", %function\n" \
        #name ":\n" body \
        ".size " #name ", . - " #name "\n" \
        ".text\n")

ROUTINE(_start, START);

#ifdef SIGNAL_RETURN
void signal_return(void);
ROUTINE(signal_return, SIGNAL_RETURN);
#endif

#endif
