namespace Viaduct.Oci.Tests.Layers;

/// <summary>One tree, as other programs archive it (packed with gzip): GNU tar 1.34, libarchive's bsdtar 3.6, Python 3's tarfile.</summary>
internal static class TarFixtures
{
    public const string GnuTarGnu =
        "H4sIAAAAAAACA+2bTU4CMRiGu/YUvQD0v926l0uMMgJxHAg/iUsP4h28ggmJd/ECbrUDJIZiJo7aMjDvw2Lg20Dy9Hu/MpQ+I9HhHmfM5uoJr9vnTirruDBW+roVQhBqSAJWi2U2p5R0" +
        "lD7Lrhcp/DtX6//ji3e/CoxwhMrqszGvZ5Qv4T+W/+FkzlrX/9Y69H86/1ls/7revw38O64MoRz+ozPOi2J6QUCn+3+czYfH7P8g/wW3XBIqUoRT5/O/yJaTsvcWef5brRvMf79aHPI/" +
        "kf9pOerdTO9n0zIvlz3Bovhv1v9C+i0B9n/H8R8UJEvvXyuu4b8t/oOCYtH9O80V/LfWf1DQ7J/9S2ng/5T8BwXD/ujfWOR/Kv99djnw+gaT8u5I+39hxP5aqO4Wc0IH8H+q/R8ULCOg" +
        "s/4b57/yD47870z+O3mY/wr5f075HxQcBgLyH/mP/N/mvzrMf438P+v8v0X2din/63//k2H+S78lxO9/CXjA2Y+O938b5v839/8EoVfo/+hg+mP+l6MiXvOTn53/3p//cvP9T6ZYnJ3f" +
        "/5erooj7Ho3PfwkutSJUnVL+70bZ7qpOx/9sMssT+D/0Xnf+v7pdRC3mfwL/8zxy+zfPf+6MrP7/098cAIb/qP7XT+X6OUn+P1Yveq8vW+W6Lv+FxvlfAAAAAAAAAAAAAAAAAODXfAJR" +
        "9x5SAFAAAA==";

    public const string GnuTarPax =
        "H4sIAAAAAAACA+2dS3LaQBRFNdYqtAFEv/7iAaNMnKoMUpVRhopRbMqyoPikWEz2kEV4NVlF0ih2DC0DJZtuELpngksaYNfTPa8/kpz2P2er6zwb5bN5P428wCxayurT4n4yZuw5w4U2" +
        "jJTmESMmtI6SVRSA5XyRzeyvEnUTwZJsMX7Ih2SulKSBEiblA1sSUsRje/amdtbw6izFEWg9ad//d1QRV2p3/tc/b+bfCoEoSlSb8u/+ca2p/4b/s2/zU/ifbLG3rgWygjHwfwhIJA+V" +
        "4XvE4rc0A41m0G7/ewq9639j9vt/K//c+iJK+Pp369t43uYL+D+A/0fj2XmM/8keg/8x/gf+829D73kO0Hj8T4y0wfg/XP035wAnGP8L4fqfcwH/n7v/BSVfPlx//PQ1XWWLxSxdzvNZ" +
        "ej/8MaSYR3/QHtqT/8zrd9iIy/3+17X1X6GihLUp/y31/11eFBNEteP53+j/d9lsdPr5n+EK/R/zPxAm/x5C36j/u/M/ToxHCYUYnGD978X9hVVB2fsdfP7HavM/o7D+FwQaJNNscTdM" +
        "n4sf09VTR7ga2DoIYhpt4JL97yn0TcZ/Nf8TW+cf87/Q/p+Ut72bycN0UublokcnG/8LwXH/F8b/IIT/ndAffzOo+f4PV0xj/+dE9d/dEHgo/2vJJfwP/4MT5N8N/bsbQnP/K80k/H8u" +
        "9d/dEIQf/3NS2P+H/8F55N8NfdOG0Nj/9gJjAv4/2/rvbgjyOP6XGv6H/8GZ5t8Nff/Y/pcM/m9T/Xc3BPUm/xuD9R/4H7Ql/27o++/0vyGs/7S6/lsN4ZD/uXLu/xZMSAb/h4BI/r8B" +
        "yMeF4BzQ/RgdpwP53zrQ2P+CtD0E/19Q/ff6f/1ugG3/Sw3/h/G/oLD+dw4YNAT4H/7vtP9Frf5MSqz/B/I/P7H/v+9oAEKtdwHx8MHl59+OAF3/K8Nx/38IVkhQx/Pv7N0U4/L+yN9x" +
        "uP9z9/5vhvW/UP1fJuuSV2MAjAA62v89hN7J/8H3P271f1HN/3iI6xHP/734v1wWhaf67x3/aXKf/ySD57/D+B9Pe3fc/55C3yT/9fc/ivX9X6JN+X96lcXTp2hP/Tf8Px1P8zPxv/2A" +
        "/+F/4D3/nkLv5r+e+33+50pFiW6f/9s9/p/lhbf6N3z/O2H/JwhYeem6/z2F/j3rPzb/3M7/eZr6+pcU8P9r/n/8WT7+Cu9/4rX6G6z/BBr/6+ft/6r4MalkOR4Nxb/K4GWAl+9/T6E/" +
        "mH+5z//V8x/Y/wcAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAYJu/jTG6tgCgAAA=";

    public const string GnuTarUstar =
        "H4sIAAAAAAACA+2ZX26DMAzG87xTcAFI7PzxedDKViQGiFGpV94tRssepnTqhNoEIvy9GPmFhJ8+4ziFFMGlJpG11zjJj/MzoXakwDqc8mQARGZFBJ0+x3KYXvmMTf7eXCIq5KEe5Mb4" +
        "gwJHzD8e/zI0f3Ofv/P5a21Fpph/cB2rpuleBGunmv1/LIfDmv736z+CQpFBjOK0+/rflGPd5l+B///OmAX8QVni+h+Jf9e+56/dR9+1VTvmIIPwX+h/O7UE3P+tw99LoIzP3zplmP9W" +
        "+HsJLUPzR0VKM//N8vcSRj6bv1HMPyX+XsLKB/kTcP2PI4+cCzEKXMxfI2Dq878wxgrNn7bB36JG5v9XYfX9+uiy3yJ84v/P/+jz14SJn/8j8fcTtHDZZ5797lqFbE9Ns7b/b+7/9KX/" +
        "1+n5H36iTod/X/dVBP633O/xx6ldyFx6/BM8/w1VYPvP/R/Rovn/pf/H4noBxPxZLBYrgL4BF8ijJAAoAAA=";

    public const string BsdTarPax =
        "H4sIAAAAAAACA+2cXW7aQBDHeeYUvkDMzs5+kAekJlGlIKEqSqRKfXSDE0gIQca09C69Qw+R0/QCfU3XCfny8hES72KTmReEbck24/9vxv9d9iiaHsZRN04ap5MkiYdpt5/UCg7GmJYy" +
        "yD5N5D+zvSJgmqPSDKTiAQNEkLVgWvMQk3EaJeZSCrjJFzdXkUAWnKb9q7gFelcKaErUIdecaZAAdbM3svY22d1eXq9RVD7ChvtzrNS/+fJC/0yjhlogSf8e8n/0WAFufg9v/rjJvxIi" +
        "qOm7mP1E4in/wFme/wCc+O8jQAWjKO21wvvs10EGk363hfe3UV9eHmB3Vh52mwAagSmqCZXjvyvV2/o3bZ3A2ZP1XP8W/436men/GOnfK/9H/VHsKv923X+WfwW5/HNDGOL/5vt/Avz2" +
        "89+V6tfQv8V/xtHwX5H+vfLfgfXzRv+HM0H8J/+HwoP+jeode0Br+z/AINM/+T9++R99HzvL/6PvMyf/AKb/f/4smF5TIfF/c/xXr+I/YHB1t3cHGBWDqvLflepfr//sy+1j/DP6V8II" +
        "MuDZtTWMPM/jlPTvnv8Do/Xhzl8n739CLOE/Wv6/aQCI/z6CQ9DrJqe9KBnHaWu//WXv+Fsdmg+DArNHgsYBtpf/rlT/ev3P8f8ZavL/ffM/iQebqf9z/B9J/k9p/R+UTDMkxm8H/12p" +
        "fr3+P8//bPyPh6EzT5r0P6f/vx6e75xeX42uh/Ew3YEi87+e/y9QKeJ/WflP/v9W9f851Rc/GLC+/89Fpn/y//3zf9AfXvqu/8i4Nf+Tkf/jJQBFkOX8zu+xUJDbwPMbML9B5DfI/AaV" +
        "36AbZ3V6C9ks/12o/j39PyoJWf/fCBufOub6Tn5ddRxdIvH/kf/DyWDgKP/L/b858z+R+F+C/p+M/e3nvyvVr6H/OfM/s/kfWDn9w+ymsEL8t5q+hYYQ9+b/aKGI/+T/UGxC/9ZLn3//" +
        "R8pM/+T/lCP/CwsCFpT/PP85lzT/k/hPUQ79W6afa/5zpjL9E/9Lmv+FBUEUxH+piP/Ef4qS6t8a9Cma/6iJ/1XK/8KCIN/Ef2Sa/B/iP0VV9G8N+r+T/5qR/+Mnikj2QvqrN/b/KFjl" +
        "1/8JnU2nJf5TlEr/1gyv9/b/yIFVff2Hiui/iHQv5L9+K/919df/fEVjRfyn2Ab9WxN6381/yTP9S9J/NfP/VBDOZj/N8vlfNv+x8vM/t5j/NPOe+L/8Dx2WNFbM/+R5/psKUPH1Hyqi" +
        "/ymp+IP7v9n6j08Fuxcl3aLPsar/48z6/4c5nsZ/yv7+h82g097fOz44bH/9HE6jNE3CyThOwstW94JNDy7ae42fdYTgxBzR+fbyiB8tqPPaLeGnDPp3ofrn0hAr3v+Utf4HIK3/5CN6" +
        "8WBwTSKk+v+wBrAT/a9d/zmt/0X1n8KX/iOn51hd/631X5gy7//gozn54PqnoKD4uPEfRMYenAB6AAA=";

    public const string BsdTarGnu =
        "H4sIAAAAAAACA+2bTU7DMBCFveYUvkAS/3vLnl4i0NBGhKRKU8GSg3AHroBUibtwC5wUJLBFoIBNWs/rIulsWvXLezNO3DRD3kWMtJTD0cg+7s4140oTKhUzdUUpRViiANqsu7zFGEWq" +
        "NNve19sH7/yVEOiuf5M8Pe6Qi8/5U0KFRpgA/wD8V+Wq8O9/5fp+zP99XGAF/APwn5dt5p//nvmvlIb8D8M/P1+H6P9aj/N/f06JVAJh1n+3zOBZFB3w98W/yruyTp4D9P/v+9+kBfT/" +
        "QPzbopqC/y3+zPBn6dCdgL9f/zf1IrlorldNXdRdQjM//Pfp/5QyoqD/h+GfZqczcwnMyvrKo//JyPxPNf14LXDBuen/Z86laRWYXeB2QdgFaRfe+LdNMzpk3CwL70H5DwrxEyu7oLNL" +
        "BJpQ/lf+zP+T/s8ZNyXMQvo/Wv71pvKca3vP/9S8OML8kPr/rpO9HvmB+X/cZOHnP8GJgPlvKvydkPXOX4ve/8B/ovydJvvH/BmTwP+Q+DtD1i/5SwX5H9H6X1rrf0p17/9ZSP6Rrv89" +
        "+d+5AwAr7Xj5753/nAzrf8j/SPJfMzf/FeT/MeW/cwcYohfyH/If8n/If+7mv4b8P+r8hyeAUeX/+PMfZuc/MyMh7P8KoNsT8EDc/u/3fy/zdu7vM/o/e4zPf8rZ/8c5+D+ElkVVNZAB" +
        "kfs/9/oZX/vf2f+hzEiAaYhwitz/IBAoXr0Ap0eMdgA+AAA=";

    public const string PythonGnu =
        "H4sIAAAAAAACA+2bT07jMBSHvZ5T5AKt/fx3y55eIkwzbUVIqhCkWc5BuMNcYaRKcxcuwBbcFoFwq0AENg35fZuUB1IrfXm/Zzdmyll0hMcZs7t6wuv+tZPKOkHGSl93ThLLDEvAzXWb" +
        "N1nGmrpuu/7urd8PlCnPL65T+Heu0//DC/eCnJKOZXL72bjXsyha+I/lf75q+In1Pwntbxf0fzL/eWz/utu/Df1bbVgm4D86y6Is6x8MjJR9/y/zZv6V/R/mv9QkWUYpwmn0+V/m7aqa" +
        "3EWe/1brHv7Jv0b+J/JfV4vJz/pqXVdF1U6IR/Hfr/+VIIv13xf5DwqSp/dviTT8n4r/oKB4bP+SJCn4P1n/QUHzz/avFfwPyX9QMPyD/p1G/qfyP+VnM69vtqouI67/j3h/9k+GXt8L" +
        "wjnj93+zlP5Hu/+P0v9BwXIGRuu/d/4rSSSQ/6PJfycP898g/79T/gcFh4GA/Ef+I//3+a8O898i/791/v9C9o4p/7uf/8mD/PclPP9LwG+c/Rh5/5/C/D/y/Z9i2Tnmf3Qw/TH/q0UZ" +
        "r/nZ+85/v57/erf/kyluztHv/6qbsoz7Hv3Pf0mxzX81pPXf0yh7uqrh+F+v1kUC/x3z/8j5f2MNyyzW/wn8N0Xk9u+f/0RKbf//Z7o7AAz/Uf1vbqvN3yT5/2f7w+T/v71y3dX/VlHi" +
        "/f9b5PMrrBYBAAAAAAAAAAAAAAAADIVH996uEwBQAAA=";

    public const string PythonPax =
        "H4sIAAAAAAACA+2dTW7aQBSAveYUvgB4/iddoLRdtZuq6q5LNzgBFQwijpTD9A49RE7TW9QkaauYhNRtZgiZ79uAHpYGyX7fe+Mxw6gYFa8/lpfvqnJSrbMgiBseehVC2T/vN3EplFRZ" +
        "fplF4OK8Kdft8FmaKJkvmtmiGr86ktJrKdxIDDJIhVERfoxNUntrH87/zXuvtPNCWqfauPdOZrmNmf/r5bLZddxjnx/s+X8G/pd+2/8a/8dA2lv/D6XA/Cn6v/xyHsP/3u/2/538V0ab" +
        "LFeb71a06XlWNcHzH//T/9P/0/8n5//JbB14DtC7/5fCak//j//xP/6H8P4vQ/vf7Pa/6/rfC5vlImb+J+r/aTWfL0n4hPOf+k/9p/6nXf+n5Xqyz/rfnf8pY9v8lzGaE+Z/+/e/N9v+" +
        "d/g/kv+nk/VJK4Dzqhm/ff/hzafPA3mUr8pmOh4V87KZ1cMfA8rEi/X/zSk+Djv/E86YHv6X0jL/o//H//T/ENr/y/pseLJcrJZ1VTdDWQTJ/379vxbWsf6D//E//ofI/u8EVPEU+d/P" +
        "/05ag//xP/7H/7Bv/3cCuviH/O/l/zb7rcb/+B//4394dv7vBEzx1P43Gv/jf/yP/+EQ/N8J2OI//e8N93/S8b8S9/z+2+D/GEhpfj/rE0IEnYAreJQoBf/fCfT2v1bSCvyfjP+12Pa/" +
        "wP9R/K9lXP93Ap6CgP/xf+L+l9v+l/g/jv/Vnv1/SgFIwP+7n/9XW/43iuf/Y3BJoiWe/8+h/mv2f9xb/Tf5fFZ/ve4B6AASrf+bKyDcGH+1/+Od+m+u538qxvXI/I/1f9b/MW+y/q8v" +
        "5vOwY/T//beSm/5PH9L873Yn89tXfTjnH//jf/yfrv9Xs1UVwf+78n97/1/XKiF3h+R/+n/8j//h4PJ/XQVu//vf/2m7//bwXI2uNwDE/y/d/+6e/f8s/o+BdL+W/6++1VffB9LmF7PJ" +
        "WN+cCm7Mv3z/H9fHgce4//6P2fX/f0royOv/jx1XThZcLQAAAAAAAAAAAAAAAAAAAAAAAAAAsG9+ArQBj74AoAAA";
}
